using CovidNotebooks.Data;

namespace CovidNotebooks.Audit;

/// <summary>A folder of pictures of one class from elsewhere: the images that a finished model is tried on.</summary>
public static class ExternalFolder
{
    /// <summary>
    /// The file that may name the patient of each picture: a header, then a line a picture, with the columns <c>path</c> and <c>group</c>.
    /// </summary>
    public const string PatientsFile = "patients.csv";

    /// <summary>Lists every picture in a folder and the folders below it, all of one class.</summary>
    /// <param name="folder">
    /// The folder. A file <see cref="PatientsFile"/> in it, with the columns path (from the folder, with <c>/</c>) and group, names
    /// patients.
    /// </param>
    /// <param name="classNames">The model's classes.</param>
    /// <param name="label">The class that all pictures are of.</param>
    /// <param name="groups">
    /// Another table of patients, as <c>--external-groups</c> names it: <see cref="ExternalGroups.Parse"/>; null for none.
    /// </param>
    /// <exception cref="DataException">
    /// There is no such folder, no picture in it, or a table of patients is damaged; <see cref="PatientsFile"/> names none of the pictures,
    /// or <paramref name="groups"/> leaves some out.
    /// </exception>
    public static ImageDataset Open(string folder, IReadOnlyList<string> classNames, int label, string? groups = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(classNames);
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
        {
            throw new DataException(
                $"There is no folder {root}. Name a folder of X-rays of the class {classNames[label]}: --external DIR.");
        }

        var files = Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(file => KerasFolders.HasImageExtension(Path.GetFileName(file)))
            .Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(CodePointOrder.Instance).ToArray();
        if (files.Length == 0)
        {
            throw new DataException(
                $"The folder {root} holds no pictures. "
                    + "Expected files named .png, .jpg, .jpeg, .bmp, .ppm, .tif or .tiff, in it or in folders below it.");
        }

        var patients = Path.Combine(root, PatientsFile);
        LabeledImage[] images = [.. files.Select(file => new LabeledImage(file, label, Source: "external"))];
        if (groups is not null)
        {
            images = [.. ExternalGroups.Parse(groups).Apply(images)];
        }
        else if (File.Exists(patients))
        {
            var table = GroupTable.Read(patients);
            table.Compare(images);
            images = [.. images.Select(table.Apply)];
        }

        return new ImageDataset("external folder", root, classNames, images);
    }
}
