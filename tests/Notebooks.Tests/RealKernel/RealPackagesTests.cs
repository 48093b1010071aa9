namespace Tests.Notebooks.RealKernel;

/// <summary>What of the packages has to work inside .NET Interactive: native libraries, charts, data frames, our extension.</summary>
[Collection(RealKernelCollection.Name)]
public sealed class RealPackagesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("real-packages-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [RealKernelFact]
    public void Skia_and_libtorch_compute_in_one_process()
    {
        Skip.If(RealKernelProcess.WhyNot is not null, RealKernelProcess.WhyNot);
        using var kernel = RealKernelProcess.Start(PackageDisplays.Folder);

        var shown = Run(kernel, $$"""
            #r "../lib/bin/CovidNotebooks.dll"
            #r "../lib/bin/SkiaSharp.dll"
            #r "../lib/bin/TorchSharp.dll"
            using CovidNotebooks.Data;
            using SkiaSharp;
            Phantoms.Create(@"{{folder.FullName}}", new PhantomOptions { Seed = 1, TrainPerClass = 1 });
            var file = System.IO.Directory.EnumerateFiles(@"{{folder.FullName}}", "*.jpeg", System.IO.SearchOption.AllDirectories)
                .Order().First();
            using (var codec = SKCodec.Create(file))
            {
                var pixels = new byte[codec.Info.Width * codec.Info.Height];
                unsafe
                {
                    fixed (byte* to = pixels)
                    {
                        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Gray8, SKAlphaType.Opaque, null);
                        display($"{codec.GetPixels(info, (IntPtr)to)} {pixels.Distinct().Count() > 20}");
                    }
                }
            }

            display(TorchSharp.torch.arange(4).sum().item<long>().ToString());
            """);

        Assert.Equal(["Success True", "6"], shown.Select(output => output.Text));
    }

    [RealKernelFact]
    public void A_chart_is_drawn_and_a_frame_is_a_table_without_an_extension()
    {
        Skip.If(RealKernelProcess.WhyNot is not null, RealKernelProcess.WhyNot);
        using var kernel = RealKernelProcess.Start(PackageDisplays.Folder);
        Run(kernel, PackageDisplays.Make);

        var asTheyAre = Run(kernel, PackageDisplays.AsTheyAre);
        Assert.StartsWith("<div class=\"covidnotebooks-chart\"", asTheyAre[0].Html, StringComparison.Ordinal);
        Assert.Contains("<table", asTheyAre[1].Html, StringComparison.Ordinal);
        Assert.Contains("second run", asTheyAre[1].Html, StringComparison.Ordinal);

        var ours = Run(kernel, PackageDisplays.ThroughTheLibrary);
        Assert.Equal(3, ours[0].Plotly!["data"]![0]!["y"]!.AsArray().Count);
        Assert.Contains("second run", ours[1].Html, StringComparison.Ordinal);
    }

    [RealKernelFact]
    public void The_extension_loads_as_a_package_and_shows_charts_and_frames_without_a_network()
    {
        Skip.If(RealKernelProcess.WhyNot is not null, RealKernelProcess.WhyNot);
        using var packages = new LocalPackages();
        packages.Pack("CovidNotebooks");
        packages.Pack("Interactive");
        using var kernel = RealKernelProcess.Start(PackageDisplays.Folder);
        Run(kernel, $"#i \"nuget:{packages.Folder}\"");
        Run(kernel, $"#r \"nuget:CovidNotebooks.Interactive, {packages.Version}\"");

        var shown = Run(kernel, """
            using CovidNotebooks.Charts;
            using CovidNotebooks.Evaluation;
            using Microsoft.Data.Analysis;
            var confusion = ConfusionMatrix.Of(new int[,] { { 3, 1 }, { 0, 4 } }, ["normal", "covid"]);
            display(ConfusionMatrixChart.Of(confusion, "Four of each").Chart);
            var names = new StringDataFrameColumn("name", ["first run", "second run"]);
            display(new DataFrame(names, new DoubleDataFrameColumn("accuracy", [.875, .75])));
            """);

        Assert.StartsWith("<div class=\"covidnotebooks-chart\"", shown[0].Html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", shown[0].Html, StringComparison.Ordinal);
        Assert.Contains("second run", shown[1].Html, StringComparison.Ordinal);
        Assert.DoesNotContain("dni-treeview", shown[1].Html!.Split("<style>")[0], StringComparison.Ordinal);
    }

    private static IReadOnlyList<CellOutput> Run(RealKernelProcess kernel, string code)
    {
        var (outputs, error) = kernel.Run(code);
        Assert.True(error is null, error);
        return outputs;
    }
}
