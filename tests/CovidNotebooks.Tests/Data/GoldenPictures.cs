using System.Text.Json;
using System.Text.Json.Serialization;
using Tests.Shared;

namespace Tests.Data;

/// <summary>A picture of tests/golden-images, and its pixels as Pillow reads them (make.py there).</summary>
/// <param name="File">The file's name.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Mode">Pillow's name of its colours; null with <paramref name="Words"/>.</param>
/// <param name="Rgb">Its pixels in 8 bits.</param>
/// <param name="Tolerance">Levels by which our decoder may differ, by its nature.</param>
/// <param name="Words">Its samples in 16 bits, low byte first.</param>
/// <param name="Channels">Samples a pixel in <paramref name="Words"/>.</param>
/// <param name="Maximum">The value of white that the file states; 0 for none.</param>
/// <param name="Refused">The reader says no to it.</param>
/// <param name="Damaged">A part of its pixels is missing.</param>
public sealed record GoldenPicture(
    string File, int Width, int Height, string? Mode, byte[]? Rgb, int Tolerance, byte[]? Words, int Channels, int Maximum, bool Refused,
    bool Damaged)
{
    [JsonIgnore]
    public bool IsRead => !Refused && !Damaged;

    [JsonIgnore]
    public string FullPath => Path.Combine(GoldenPictures.Folder, File);
}

internal static class GoldenPictures
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Folder => Path.Combine(Repository.Root, "tests", "golden-images");

    public static IReadOnlyList<GoldenPicture> All { get; } = Read();

    public static GoldenPicture Named(string file) => All.Single(picture => string.Equals(picture.File, file, StringComparison.Ordinal));

    private static List<GoldenPicture> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")));
        var pictures = document.RootElement.GetProperty("pictures").Deserialize<List<GoldenPicture>>(Options)!;
        return pictures.Count > 0 ? pictures : throw new InvalidOperationException($"{Folder} lists no pictures.");
    }
}
