namespace CovidNotebooks.Data;

/// <summary>What a loader does with a file that cannot be read as an image.</summary>
public enum BadImagePolicy
{
    /// <summary>The epoch ends with an error that names the file.</summary>
    Fail,

    /// <summary>The image is left out of its batch, and named and counted in the <see cref="LoadReport"/>.</summary>
    Skip,
}
