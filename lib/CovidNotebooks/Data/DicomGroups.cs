using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Data;

/// <summary>Groups of a folder of DICOM files: the patient; the series only for a file that names no patient.</summary>
/// <remarks>
/// Ids are read from the files and replaced by numbers in the order of the images ("patient 1"), so that no table, run or published
/// notebook holds one. The patient always wins: two series of one person must not be torn apart by a split. Where an anonymisation gave all
/// files one patient id, there is one group, and <see cref="OpenedFolder"/> says so: only a table of patients can help. A file without
/// either id, and a picture of another format, keeps the group that it has.
/// </remarks>
public static class DicomGroups
{
    /// <summary>The same images with their groups.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="limits">What a file may cost at most; null for the default.</param>
    public static ImageDataset Apply(ImageDataset dataset, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var reader = new ImageFileReader(limits);
        var ids = new (string Patient, string Series)[dataset.Count];
        Parallel.For(0, dataset.Count, i =>
        {
            // A file that cannot be read is named by the data card and by the loader.
            ids[i] = BadImageException.Try(() => IdsOf(reader.ReadBytes(dataset.FullPath(dataset.Images[i]))), out var found) is null
                ? found : ("", "");
        });
        var (patients, series) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        return dataset.With(
            dataset.Name, [.. dataset.Images.Zip(ids, (image, id) => image with { Group = NameOf(id, patients, series) ?? image.Group })]);
    }

    private static string? NameOf((string Patient, string Series) id, Dictionary<string, int> patients, Dictionary<string, int> series)
    {
        var (kind, value, numbers) = id.Patient.Length > 0 ? ("patient", id.Patient, patients) : ("series", id.Series, series);
        if (value.Length == 0)
        {
            return null;
        }

        numbers.TryAdd(value, numbers.Count + 1);
        return $"{kind} {numbers[value]}";
    }

    private static (string Patient, string Series) IdsOf(byte[] file)
    {
        try
        {
            return DicomStructure.IsDicom(file) && DicomStructure.Read(file) is { } structure
                ? (structure.PatientId, structure.SeriesUid) : ("", "");
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            return ("", ""); // Cut off, or of a kind that is not read: named by the data card and by the loader.
        }
    }
}
