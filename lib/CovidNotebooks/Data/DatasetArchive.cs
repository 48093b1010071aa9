namespace CovidNotebooks.Data;

/// <summary>One public file that a dataset is made of: an item of <c>archives</c> in <c>data/datasets.json</c>.</summary>
public sealed record DatasetArchive
{
    /// <summary>Where it is: https, or http where <see cref="Sha256"/> is known.</summary>
    public required string Url { get; init; }

    /// <summary>What it is.</summary>
    public required ArchiveKind Kind { get; init; }

    /// <summary>
    /// SHA-256 in 64 hexadecimal digits, or null when the publisher names none: the first download's is then recorded and held to.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>Length in bytes, or null when it is not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>
    /// The folder inside the dataset's folder that its content goes to, with <c>/</c> as separator. Default: the dataset's folder itself.
    /// </summary>
    public string Into { get; init; } = "";

    /// <summary>How many leading folders to leave out. Null, the default: every folder that holds nothing but one other folder.</summary>
    public int? Strip { get; init; }

    /// <summary>The address as a <see cref="Uri"/>.</summary>
    /// <exception cref="DataException">It is not an absolute http or https address.</exception>
    public Uri Address => Uri.TryCreate(Url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
        ? address
        : throw new DataException(
            $"\"{Url}\" is not a web address. Expected an absolute https address in the member \"url\" of an archive.");

    /// <summary>The last part of the address, decoded: the name of the file.</summary>
    /// <exception cref="DataException">The address has no usable last part.</exception>
    public string FileName
    {
        get
        {
            var name = Uri.UnescapeDataString(Address.Segments[^1]);
            return ArchivePath.TryParse(name, out var parts, out _) && parts.Count == 1 && !name.EndsWith('/')
                ? parts[0]
                : throw new DataException(
                    $"{Url} does not end with a file name. Expected an address such as https://example.org/images.zip.");
        }
    }

    /// <summary>Checks every member.</summary>
    /// <exception cref="DataException">A member cannot be used; the message names it.</exception>
    public void Validate()
    {
        _ = FileName;
        if (Sha256 is not null && (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigit)))
        {
            throw new DataException($"The sha256 of {Url} is \"{Sha256}\". Expected 64 hexadecimal digits, or null when it is not known.");
        }

        if (Bytes is <= 0)
        {
            throw new DataException($"The length of {Url} is {Bytes}. Expected a number of bytes above 0, or null when it is not known.");
        }

        if (Strip is < 0)
        {
            throw new DataException(
                $"\"strip\" of {Url} is {Strip}. Expected the number of leading folders to leave out, 0 or more, or null.");
        }

        if (Into.Length > 0 && !ArchivePath.TryParse(Into, out _, out var problem))
        {
            throw new DataException(
                $"\"into\" of {Url} is \"{Into}\", which {problem}. "
                    + "Expected a folder inside the dataset's folder, for example Data-split/COVID.");
        }
    }
}
