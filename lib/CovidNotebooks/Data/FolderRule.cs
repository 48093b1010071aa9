namespace CovidNotebooks.Data;

/// <summary>Which sub-folders are classes and which files are pictures.</summary>
public enum FolderRule
{
    /// <summary>
    /// Every file that the kit reads, DICOM included. Hidden names (<c>.ipynb_checkpoints</c>, <c>._x.png</c>) and what systems leave
    /// behind (<c>__MACOSX</c>, <c>Thumbs.db</c>) are neither; the dataset's notes name them.
    /// </summary>
    Pictures,

    /// <summary>
    /// That of Keras' <c>flow_from_directory</c>, hidden names included: a folder <c>.ipynb_checkpoints</c> becomes a class. For showing
    /// what a Keras program would have done.
    /// </summary>
    Keras,
}
