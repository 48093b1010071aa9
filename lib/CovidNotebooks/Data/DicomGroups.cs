using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Data;

/// <summary>Groups of a folder of DICOM files: the patient, or the series where patients are not told apart.</summary>
/// <remarks>
/// Ids are read from the files and replaced by numbers in the order of the images ("patient 1"), so that no table, run or published
/// notebook holds one. Where all files
/// that name a patient name the same one, as after a careless anonymisation, the series is the group. A file without an id, and a picture
/// of another format, keeps the
/// group that it has.
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
            try
            {
                ids[i] = IdsOf(reader.ReadBytes(dataset.FullPath(dataset.Images[i])));
            }
            catch (BadImageException)
            {
                ids[i] = ("", ""); // Named by the data card and by the loader.
            }
        });
        var byPatient = ids.Select(id => id.Patient).Where(patient => patient.Length > 0).Distinct(StringComparer.Ordinal).Count() > 1;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return new ImageDataset(dataset.Name, dataset.Root, dataset.ClassNames,
            [.. dataset.Images.Zip(ids, (image, id) => image with { Group = Name(id) ?? image.Group })]);

        string? Name((string Patient, string Series) id)
        {
            var (kind, value) = byPatient ? ("patient", id.Patient) : ("series", id.Series);
            if (value.Length == 0)
            {
                return null;
            }

            numbers.TryAdd(value, numbers.Count + 1);
            return $"{kind} {numbers[value]}";
        }
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
