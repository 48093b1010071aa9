namespace CovidNotebooks.Evaluation;

/// <summary>The interval of a share whose images come in groups: the same for a report, a probe, a band and a bar.</summary>
internal static class GroupedShare
{
    /// <summary>
    /// Wilson's where every image stands alone; by the jackknife of groups where they have several. A share of 0 or 1 is the same without
    /// any group, which says nothing about how certain it is: what counts are the groups, all right or all wrong.
    /// </summary>
    /// <param name="asked">The groups of the images that the share is of.</param>
    /// <param name="isHit">Whether an image, counted from 0 among these, counts.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <returns>The interval, or null with the reason in the place of the method.</returns>
    /// <exception cref="UndefinedMetricException">There is no image, or all are of one group.</exception>
    public static (Interval? Interval, string Method) Interval(Grouping asked, Func<int, bool> isHit, double confidence)
    {
        var hits = asked.Sums(i => isHit(i) ? 1 : 0);
        var (successes, count) = ((int)hits.Sum(), asked.OfImage.Length);
        if (!asked.HasSeveral)
        {
            return (Wilson.Interval(successes, count, confidence), "Wilson");
        }

        if (successes == 0 || successes == count)
        {
            return (Wilson.Interval(successes == 0 ? 0 : asked.Count, asked.Count, confidence), "Wilson on groups");
        }

        var interval = asked.Count < 2 ? throw new UndefinedMetricException("interval", "all images are of one group.")
            : GroupJackknife.OfShare(asked, hits).Interval(MetricScale.Share, confidence);
        return (interval, interval is null ? "no interval: without any one group the value stays the same" : "jackknife by group");
    }

    /// <summary>The same for a drawing, which needs two ends: from 0 to 1 where the groups cannot tell.</summary>
    /// <param name="asked">At least one image.</param>
    /// <param name="isHit">Whether an image, counted from 0 among these, counts.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    public static Interval Ends(Grouping asked, Func<int, bool> isHit, double confidence) =>
        asked is { HasSeveral: true, Count: < 2 } ? new Interval(0, 1) : Interval(asked, isHit, confidence).Interval ?? new Interval(0, 1);
}
