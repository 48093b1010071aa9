using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;
using Xunit.Abstractions;

namespace Tests.Data;

[Trait("Category", "Golden")]
public class TorchvisionTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Boxes_follow_from_the_draws_as_in_torchvision()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("random_resized_crop", "random_resized_crop_params", output))
        {
            foreach (var item in content.GetProperty("cases").EnumerateArray())
            {
                var (width, height) = (item.Int("image_width"), item.Int("image_height"));
                var ratio = item.GetProperty("ratio").Doubles();
                var expected = item.GetProperty("expected_top_left_height_width").Doubles().Select(value => (int)value).ToArray();
                CropBox? box = null;
                foreach (var attempt in item.GetProperty("attempts").EnumerateArray())
                {
                    Assert.Null(box);
                    var size = RandomResizedCrop.Fit(
                        width, height, attempt.GetProperty("area_fraction").GetDouble(), attempt.GetProperty("aspect_ratio").GetDouble());
                    Assert.Equal(attempt.GetProperty("fits").GetBoolean(), size is not null);
                    if (size is var (boxWidth, boxHeight))
                    {
                        Assert.Equal((attempt.Int("w"), attempt.Int("h")), (boxWidth, boxHeight));
                        box = new CropBox(attempt.Int("top"), attempt.Int("left"), boxHeight, boxWidth);
                    }
                }

                box ??= new RandomResizedCrop { Ratio = (ratio[0], ratio[1]) }.Central(width, height);
                Assert.True(
                    box == new CropBox(expected[0], expected[1], expected[2], expected[3]),
                    $"{path}: {item.GetProperty("expected_top_left_height_width")} expected, found {box}.");
            }
        }
    }

    [SkippableFact]
    public void Boxes_are_cut_out_and_resized_as_in_torchvision()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("random_resized_crop", "resized_crop", output))
        {
            var input = content.GetProperty("input");
            var image = new PixelImage(input.Int("width"), input.Int("height"), input.Int("channels"), input.GetProperty("data").Bytes());
            var box = content.GetProperty("box_top_left_height_width").Doubles().Select(value => (int)value).ToArray();
            var resized = ImageResizer.Resize(
                image.Crop(box[0], box[1], box[2], box[3]),
                content.Int("output_width"),
                content.Int("output_height"),
                Interpolation.PilBilinear);
            Assert.True(
                content.GetProperty("expected").Bytes().AsSpan().SequenceEqual(resized.Pixels), $"{path}: the resized crop differs.");
            Assert.True(
                content.GetProperty("expected_after_hflip").Bytes().AsSpan().SequenceEqual(resized.FlipHorizontally().Pixels),
                $"{path}: the mirrored crop differs.");
        }
    }

    [SkippableFact]
    public void Preprocessing_is_that_of_Keras_and_torchvision()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("extras", "preprocessing", output))
        {
            float[] Levels() => content.GetProperty("input_rgb_uint8_hwc").Floats();
            var caffe = Levels();
            PixelNormalization.KerasCaffe.Apply(caffe);
            GoldenFiles.AssertNear(content.GetProperty("caffe_bgr_hwc").Floats(), caffe, 1e-5, path);
            var imageNet = Levels();
            PixelNormalization.ImageNet.Apply(imageNet);
            GoldenFiles.AssertNear(content.GetProperty("imagenet_normalized_chw").Floats(), Chw(imageNet, content), 1e-6, path);
            var toTensor = Levels();
            PixelNormalization.ToTensor.Apply(toTensor);
            GoldenFiles.AssertNear(content.GetProperty("to_tensor_chw").Floats(), Chw(toTensor, content), 0, path);
        }
    }

    [Fact]
    public void Drawn_boxes_lie_in_the_image_and_have_the_asked_for_area()
    {
        var crop = new RandomResizedCrop { Scale = (.5, 1) };
        for (var i = 0; i < 2000; i++)
        {
            var random = new RandomStream(11, i);
            var (width, height) = (1 + random.NextInt(300), 1 + random.NextInt(300));
            var box = crop.Draw(ref random, width, height);
            Assert.True(
                box.Top >= 0 && box.Left >= 0 && box.Height > 0 && box.Width > 0 && box.Top
                    + box.Height <= height && box.Left
                    + box.Width <= width,
                $"{box} in {width} x {height}");
            if (width is > 100 and < 250 && height == width)
            {
                Assert.InRange((double)box.Width * box.Height / (width * height), .48, 1);
            }
        }
    }

    [Fact]
    public void The_pipeline_of_document_3_gives_the_same_samples_again_and_others_in_another_epoch()
    {
        using var folder = new TemporaryFolder();
        var dataset = Phantoms.Create(folder.Path, new PhantomOptions { Size = 80, TrainPerClass = 2, TestPerClass = 1 })["train"];
        var options = new LoaderOptions
        {
            Width = 48,
            Height = 48,
            ShorterSide = 64,
            RandomCrop = new RandomResizedCrop { Scale = (.5, 1) },
            Interpolation = Interpolation.PilBilinear,
            Normalization = PixelNormalization.ImageNet,
        };
        using var first = new ImageLoader(dataset, options);
        using var second = new ImageLoader(dataset, options with { Workers = 0 });
        Assert.Equal(first.Sample(1, 0), second.Sample(1, 0));
        Assert.NotEqual(first.Sample(1, 0), first.Sample(1, 1));
        Assert.Equal(48 * 48 * 3, first.Sample(1, 0).Length);
        Assert.Throws<ArgumentException>(() => new ImageLoader(dataset, options with { RandomCrop = null }));
        Assert.Throws<ArgumentException>(() => new ImageLoader(dataset, options with { Augmentation = new KerasAugmentation() }));
        Assert.Throws<ArgumentException>(() => new ImageLoader(dataset, options with { ColorMode = ColorMode.Grayscale }));
    }

    private static float[] Chw(float[] hwc, JsonElement content)
    {
        var (height, width) = (content.Int("height"), content.Int("width"));
        return
        [
            .. Enumerable.Range(0, 3)
            .SelectMany(channel => Enumerable.Range(0, height * width).Select(pixel => hwc[(pixel * 3) + channel])),
        ];
    }
}
