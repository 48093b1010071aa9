using System.Text.Json;
using System.Text.Json.Serialization;
using Tests.Shared;

namespace Tests.ImageSharp;

/// <summary>A picture of tests/golden-images and its pixels as Pillow reads them.</summary>
public sealed record GoldenPicture(
    string File, string Format, int Width, int Height, byte[]? Rgb, byte[]? Gray, byte[]? Rgba, byte[]? Luminance, byte[]? Words, int Channels, int Depth)
{
    [JsonIgnore]
    public string FullPath => Path.Combine(GoldenPictures.Folder, File);

    public override string ToString() => File;
}

internal static class GoldenPictures
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Folder => Path.Combine(Repository.Root, "tests", "golden-images");

    public static IReadOnlyList<GoldenPicture> All { get; } = Read();

    public static GoldenPicture Named(string file) => All.Single(picture => string.Equals(picture.File, file, StringComparison.Ordinal));

    private static IReadOnlyList<GoldenPicture> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")));
        var pictures = document.RootElement.GetProperty("pictures").Deserialize<List<GoldenPicture>>(Options)!;
        return pictures.Count > 0 ? pictures : throw new InvalidOperationException($"{Folder} lists no pictures.");
    }
}
