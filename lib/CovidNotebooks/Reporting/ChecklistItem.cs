namespace CovidNotebooks.Reporting;

/// <summary>How much of a reporting item a run can tell.</summary>
public enum ChecklistStatus
{
    /// <summary>The report holds what the item asks for.</summary>
    FilledFromTheRun,

    /// <summary>The report holds a part of it.</summary>
    Partly,

    /// <summary>A run cannot know it.</summary>
    WrittenByTheAuthor,
}

/// <summary>A topic of the reporting checklists, and how a run report answers it.</summary>
/// <param name="Number">
/// The item of TRIPOD+AI, with its letters where it has parts: <c>12a-g</c>; empty where that list does not ask for it.
/// </param>
/// <param name="StardAi">The items of STARD-AI; empty where that list does not ask for it.</param>
/// <param name="Claim">The items of CLAIM 2024; empty where that list does not ask for it.</param>
/// <param name="Name">What it is about, in our words.</param>
/// <param name="Status">How much of it the report tells.</param>
/// <param name="Remark">Where it is told, or what is missing.</param>
public sealed record ChecklistItem(string Number, string StardAi, string Claim, string Name, ChecklistStatus Status, string Remark)
{
    /// <summary>The status in a word or two.</summary>
    public string StatusText => Status switch
    {
        ChecklistStatus.FilledFromTheRun => "from the run",
        ChecklistStatus.Partly => "partly",
        _ => "not known",
    };
}
