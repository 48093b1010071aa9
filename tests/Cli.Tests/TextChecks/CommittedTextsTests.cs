using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Cli.TextChecks;
using Tests.Shared;

namespace Tests.Cli.TextChecks;

/// <summary>The texts of the repository: every number has a source, and a changed number has none.</summary>
public class CommittedTextsTests
{
    private const double LeastShareThatFails = .95;
    private static readonly Checkout Checkout = new(Repository.Root);
    private static readonly Lazy<TextCheck> Check = new(() => new TextCheck(Checkout, TimeProvider.System));

    public static TheoryData<string> Texts =>
        [.. TextCheck.Texts(Checkout).Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_number_has_a_source(string text)
    {
        var missing = Check.Value.Check(Path.Combine(Repository.Root, text)).Where(number => !number.Finding.IsFound)
            .Select(CheckTextCommand.Line).ToList();
        Assert.True(missing.Count == 0, $"{missing.Count} numbers without a source:\n{string.Join('\n', missing)}");
    }

    /// <summary>Each number that has a source, with each of the nine other last digits in turn.</summary>
    [Fact]
    public void Of_the_numbers_with_another_last_digit_at_least_95_percent_fail()
    {
        var (changed, failed) = (0, 0);
        foreach (var path in TextCheck.Texts(Checkout))
        {
            var find = Check.Value.FinderOf(path);
            foreach (var number in Check.Value.Check(path).Where(number => number.Finding.IsFound))
            {
                foreach (var digit in Enumerable.Range(0, 10).Where(digit => digit != number.Number.LastDigit))
                {
                    // A sentence that loses a number by the change (a 0 in front makes a name of it) has been noticed, too.
                    var sentence = number.Sentence.WithLastDigit(number.Index, digit);
                    changed++;
                    failed += sentence.Numbers.Count != number.Sentence.Numbers.Count || !find(sentence, number.Index).IsFound ? 1 : 0;
                }
            }
        }

        Assert.True(changed > 3_500, $"{changed} changes were tried; more than 3,500 were expected.");
        Assert.True(failed >= LeastShareThatFails * changed, $"{failed} of {changed} changes fail.");
    }
}
