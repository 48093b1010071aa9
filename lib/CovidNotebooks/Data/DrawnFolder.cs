namespace CovidNotebooks.Data;

/// <summary>A folder of drawn pictures: complete or not there, drawn beside its place and renamed.</summary>
internal static class DrawnFolder
{
    /// <summary>Draws a folder; one that is there already is taken as it is.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="draw">Fills the unfinished folder whose path it gets; its own failures may come together, as those of loops in
    /// parallel.</param>
    /// <exception cref="IOException">The disk is full or cannot be written to; nothing is left behind.</exception>
    public static void Make(string root, Action<string> draw)
    {
        if (Directory.Exists(root))
        {
            return;
        }

        var unfinished = $"{root}.{Guid.NewGuid():N}.part";
        try
        {
            draw(unfinished);
            Directory.Move(unfinished, root);
        }
        catch (AggregateException several) when (
            several.Flatten().InnerExceptions.FirstOrDefault(error => error is IOException or UnauthorizedAccessException) is { } first)
        {
            throw new IOException(
                $"The phantoms cannot be drawn into {root}: {first.Message} Make room there, draw fewer or smaller ones, or name "
                    + "another folder. Nothing was left behind.", first);
        }
        catch (IOException) when (Directory.Exists(root))
        {
            // Another process finished the same folder first; the same options draw the same pictures.
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }
}
