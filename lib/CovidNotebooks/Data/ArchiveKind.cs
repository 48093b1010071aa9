namespace CovidNotebooks.Data;

/// <summary>What a downloaded file is.</summary>
public enum ArchiveKind
{
    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>A tar archive compressed with gzip.</summary>
    TarGz,

    /// <summary>A single file that is kept as it is.</summary>
    File,
}
