using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>What the numbers of a run must not be used for, and why.</summary>
internal static class LimitsSection
{
    /// <summary>
    /// Fewer images of a class than this make its share uncertain: the rule of thumb for external validation of Vergouwe et al., J Clin
    /// Epidemiol 58 (2005) 475-483.
    /// </summary>
    public const int FewImages = 100;

    public static Section Of(RunEvidence evidence) => new("Limits",
        [new Paragraph(Disclaimer.Text, ParagraphKind.Warning), new BulletList([.. Sentences(evidence)])]);

    private static IEnumerable<string> Sentences(RunEvidence evidence)
    {
        yield return "Intended use: research and teaching. Not for diagnosis, triage, screening or any decision about a person.";
        if (evidence.ValidatedOnTestImages)
        {
            yield return
                "The test images were also watched during training. Whatever was chosen by looking at them makes the results too good.";
        }

        if (evidence.Run.Audit is { SkippedBecause: null, Flags.Count: > 0 } audit)
        {
            yield return $"The audit of the data found {audit.Verdict}, told above: a part of the result may be memory or a shortcut.";
        }

        yield return "All images are of one data set. How the model does on images of another hospital, machine or age group is unknown.";
        yield return "The labels are as published with the images; nobody relabelled them.";
        if (evidence.Predictions is { } predictions)
        {
            for (var label = 0; label < predictions.ClassNames.Count; label++)
            {
                if (predictions.Labels.Count(truth => truth == label) is var count && count < FewImages)
                {
                    yield return
                        $"Only {DisplayedNumber.ValueText(count)} test images are {predictions.ClassNames[label]}: fewer than "
                        + $"{DisplayedNumber.ValueText(FewImages)}, "
                        + "so its share of right answers is uncertain (rule of thumb of Vergouwe et al., 2005).";
                }
            }

            if (predictions.Items.Any(item => item.Group is null))
            {
                yield return
                    "For some images the patient is unknown. "
                    + "The intervals then treat images of one patient as independent, and are too narrow.";
            }
        }

        yield return
            "Age, sex and stage of disease of each patient, and the machine, are not recorded: no result by such a subgroup can be given.";
        foreach (var note in evidence.Dataset?.Notes ?? [])
        {
            yield return "Data: " + note;
        }
    }
}
