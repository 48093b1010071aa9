namespace CovidNotebooks.Cli.Running;

/// <summary>What a person asked <c>kit run</c> for, as typed.</summary>
internal sealed record RunRequest
{
    public required IReadOnlyList<string> Notebooks { get; init; }

    /// <summary>Each <c>name=value</c>.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    public string? Data { get; init; }

    /// <summary>Whether to run quickly on synthetic images, even where real ones are.</summary>
    public bool Phantoms { get; init; }

    /// <summary>A folder of images from elsewhere, for notebooks with a parameter <c>external</c>.</summary>
    public string? External { get; init; }

    /// <summary>
    /// The table of patients of that folder, <c>FILE:path:patient</c>, for notebooks with a parameter <c>externalGroups</c>.
    /// </summary>
    public string? ExternalGroups { get; init; }

    public string? Out { get; init; }

    public bool InPlace { get; init; }

    public bool Publish { get; init; }

    /// <summary>In seconds.</summary>
    public double? TimeLimit { get; init; }
}

/// <summary>What was asked for cannot be done; the message says what to ask for instead.</summary>
internal sealed class RunRequestException(string message) : Exception(message);
