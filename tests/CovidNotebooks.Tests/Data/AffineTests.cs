using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Tests.Data;

[Trait("Category", "Golden")]
public class AffineTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Transformations_are_those_of_keras_preprocessing()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("keras_affine", "keras_affine", output))
        {
            var input = content.GetProperty("input");
            var (height, width, channels) = (input.Int("height"), input.Int("width"), input.Int("channels"));
            var source = input.GetProperty("data").Floats();
            var expected = content.GetProperty("expected_1.1.2").Floats();
            var parameters = Parameters(content.GetProperty("params"));
            var fillMode = Enum.Parse<FillMode>(content.GetProperty("fill_mode").GetString()!, ignoreCase: true);
            var tolerance = source.Max() <= 1 ? 1e-5 : 1e-3;
            var actual = new float[expected.Length];
            KerasAffine.Apply<float>(
                source, height, width, channels, parameters, fillMode, content.GetProperty("cval").GetDouble(), actual);
            GoldenFiles.AssertNear(expected, actual, tolerance, path);
            if (content.TryGetProperty("sampling_matrix_1.1.2", out var matrix) && matrix.ValueKind == JsonValueKind.Array)
            {
                AssertMatrix(matrix, SamplingMatrix.Keras(parameters, height, width), path);
            }

            if (fillMode == FillMode.Nearest && source.All(value => value is >= 0 and <= 255 && value == MathF.Round(value)))
            {
                NearestAffine.Apply([.. source.Select(value => (byte)value)], height, width, channels, parameters, 1, actual, channels);
                GoldenFiles.AssertNear(expected, actual, tolerance, $"{path} (fast form)");
            }
        }
    }

    [SkippableFact]
    public void A_whole_sample_has_the_order_of_Keras()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("keras_affine", "keras_sample_pipeline", output))
        {
            var shape = content.GetProperty("input_shape").Doubles();
            var target = content.GetProperty("target_size_hw").Doubles();
            var (height, width) = ((int)target[0], (int)target[1]);
            var image = new PixelImage((int)shape[1], (int)shape[0], (int)shape[2], content.GetProperty("input_rgb_uint8_hwc").Bytes());
            var loaded = ImageResizer.Resize(image.ToGrayscale(), width, height, Interpolation.PilNearest);
            Assert.Equal(content.GetProperty("after_load_resize").Bytes(), loaded.Pixels);
            var actual = new float[height * width];
            NearestAffine.Apply(
                loaded.Pixels,
                height,
                width,
                1,
                Parameters(content.GetProperty("params")),
                (float)content.GetProperty("rescale").GetDouble(),
                actual,
                1);
            GoldenFiles.AssertNear(content.GetProperty("expected_1.1.2").Floats(), actual, 1e-5, path);
        }
    }

    [Theory]
    [InlineData(6, 7, 5.2, 5, 4, 5)]
    [InlineData(8, 9, 4.3, 7, 5, -1)]
    public void On_the_very_border_the_rounding_is_that_of_scipy(int height, int width, double shear, int row, int column, float expected)
    {
        // Rows hold their number. The position is height - 1 or the next number above it, as the offset is added last or first; expected is
        // what scipy 1.10.1 gives.
        var rows = Enumerable.Range(0, height * width).Select(i => (float)(i / width)).ToArray();
        var actual = new float[rows.Length];
        KerasAffine.Apply<float>(rows, height, width, 1, new AffineParameters { Shear = shear }, FillMode.Constant, -1, actual);
        Assert.Equal(expected, actual[(row * width) + column], 1e-6f);
    }

    [Fact]
    public void The_neutral_transformation_changes_nothing() => Prop.ForAll(ResizeTests.Images(), image =>
    {
        var values = new float[image.Pixels.Length];
        foreach (var fillMode in Enum.GetValues<FillMode>())
        {
            KerasAffine.Apply<byte>(image.Pixels, image.Height, image.Width, 1, new AffineParameters(), fillMode, 0, values);
            if (!values.Select(value => (byte)value).SequenceEqual(image.Pixels))
            {
                return false;
            }
        }

        NearestAffine.Apply(image.Pixels, image.Height, image.Width, 1, new AffineParameters(), 1, values, 1);
        return values.Select(value => (byte)value).SequenceEqual(image.Pixels);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_fast_form_equals_the_plain_form()
    {
        var augmentation = new KerasAugmentation
        {
            RotationRange = 40,
            WidthShiftRange = .3,
            HeightShiftRange = .3,
            ShearRange = 25,
            ZoomRange = .4,
            HorizontalFlip = true,
            VerticalFlip = true,
        };
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomStream(seed);
            var (width, height) = (1 + random.NextInt(40), 1 + random.NextInt(40));
            var parameters = augmentation.Draw(ref random, height, width);
            foreach (var channels in new[] { 1, 3 })
            {
                var image = ResizeTests.Noise(width, height, channels, seed);
                var plain = new float[image.Pixels.Length];
                var fast = new float[image.Pixels.Length];
                KerasAffine.Apply<byte>(image.Pixels, height, width, channels, parameters, FillMode.Nearest, 0, plain);
                NearestAffine.Apply(image.Pixels, height, width, channels, parameters, 1, fast, channels);
                GoldenFiles.AssertNear(plain, fast, 1e-3, $"seed {seed}, {width} x {height} x {channels}");
            }

            var gray = ResizeTests.Noise(width, height, 1, seed);
            var repeated = new float[gray.Pixels.Length * 3];
            var color = new float[gray.Pixels.Length * 3];
            NearestAffine.Apply(gray.Pixels, height, width, 1, parameters, 1 / 255f, repeated, 3);
            NearestAffine.Apply(gray.ToRgb().Pixels, height, width, 3, parameters, 1 / 255f, color, 3);
            Assert.True(
                repeated.AsSpan().SequenceEqual(color),
                "A grey image computed once differs from the same image computed channel by channel.");
        }
    }

    [Fact]
    public void Drawn_parameters_stay_in_their_ranges_and_fill_them()
    {
        var augmentation = new KerasAugmentation
        {
            RotationRange = 15,
            WidthShiftRange = .1,
            HeightShiftRange = 3,
            ShearRange = .2,
            ZoomRange = new(.9, 1.3),
            HorizontalFlip = true,
        };
        var drawn = Enumerable.Range(0, 4000).Select(index =>
        {
            var random = new RandomStream(7, index);
            return augmentation.Draw(ref random, 100, 200);
        }).ToArray();
        Assert.All(drawn, parameters =>
        {
            Assert.InRange(parameters.Theta, -15, 15);
            Assert.InRange(parameters.ColumnShift, -20, 20);
            Assert.Contains(parameters.RowShift, new double[] { -2, -1, 0, 1, 2 });
            Assert.InRange(parameters.Shear, -.2, .2);
            Assert.InRange(parameters.RowZoom, .9, 1.3);
            Assert.InRange(parameters.ColumnZoom, .9, 1.3);
            Assert.False(parameters.FlipVertical);
        });
        Assert.InRange(drawn.Count(parameters => parameters.FlipHorizontal), 1850, 2150);
        Assert.InRange(drawn.Count(parameters => parameters.RowShift == 0), 1200, 1470); // 0 is twice as likely: 1/3
        Assert.True(drawn.Max(parameters => parameters.Theta) > 14.5 && drawn.Min(parameters => parameters.Theta) < -14.5);
        Assert.True(drawn.Average(parameters => parameters.ColumnShift) is > -1 and < 1);
    }

    [Fact]
    public void A_list_of_shifts_gives_its_values_with_either_sign_as_pixels_or_as_fractions()
    {
        var augmentation = new KerasAugmentation { WidthShiftRange = ShiftRange.OneOf(2, 5), HeightShiftRange = ShiftRange.OneOf(0, .25) };
        var drawn = Enumerable.Range(0, 400).Select(index =>
        {
            var random = new RandomStream(8, index);
            return augmentation.Draw(ref random, 100, 200);
        }).ToArray();
        Assert.Equal([-5, -2, 2, 5], drawn.Select(parameters => parameters.ColumnShift).Distinct().Order());
        Assert.Equal([-25, 0, 25], drawn.Select(parameters => parameters.RowShift).Distinct().Order());
        Assert.Throws<ArgumentException>(() => ShiftRange.OneOf());
        Assert.Throws<ArgumentException>(() => ShiftRange.OneOf(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShiftRange.Uniform(-1));
        Assert.Equal(
            ("one of ±[2, 5]", "±3 whole pixels", "±0.1"),
            ($"{ShiftRange.OneOf(2, 5)}", $"{ShiftRange.WholePixels(4)}", $"{ShiftRange.Uniform(.1)}"));
    }

    [Fact]
    public void Switching_one_option_on_leaves_the_other_draws_as_they_were()
    {
        var with = new KerasAugmentation { RotationRange = 10, ShearRange = 5, HorizontalFlip = true };
        var first = new RandomStream(3, 1);
        var second = new RandomStream(3, 1);
        var a = with.Draw(ref first, 50, 50);
        var b = (with with { ZoomRange = .2, WidthShiftRange = .1 }).Draw(ref second, 50, 50);
        Assert.Equal((a.Theta, a.Shear, a.FlipHorizontal), (b.Theta, b.Shear, b.FlipHorizontal));
    }

    internal static AffineParameters Parameters(JsonElement json) => new()
    {
        Theta = json.GetProperty("theta").GetDouble(),
        RowShift = json.GetProperty("tx").GetDouble(),
        ColumnShift = json.GetProperty("ty").GetDouble(),
        Shear = json.GetProperty("shear").GetDouble(),
        RowZoom = json.GetProperty("zx").GetDouble(),
        ColumnZoom = json.GetProperty("zy").GetDouble(),
        FlipHorizontal = json.GetProperty("flip_horizontal").GetBoolean(),
        FlipVertical = json.GetProperty("flip_vertical").GetBoolean(),
    };

    private static void AssertMatrix(JsonElement expected, SamplingMatrix actual, string path)
    {
        var rows = expected.EnumerateArray().Select(row => row.Doubles()).ToArray();
        double[] flat = [.. rows[0], .. rows[1]];
        double[] found =
        [
            actual.RowFromRow,
            actual.RowFromColumn,
            actual.RowOffset,
            actual.ColumnFromRow,
            actual.ColumnFromColumn,
            actual.ColumnOffset,
        ];
        for (var i = 0; i < 6; i++)
        {
            Assert.True(Math.Abs(flat[i] - found[i]) < 1e-9, $"{path}: matrix entry {i} is {found[i]}, expected {flat[i]}.");
        }
    }
}
