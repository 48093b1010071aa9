using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Kernel.Headless;

namespace Tests.Cli.Running;

public sealed class RunPlanTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("run-plan-test-");

    private Checkout Checkout => new(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Without_a_target_the_result_goes_to_the_runs_folder()
    {
        var plan = RunPlan.Of(new RunRequest { Notebooks = [Notebook("a")] }, Checkout);

        Assert.Equal(Path.Combine(folder.FullName, "runs", "notebooks", "a.ipynb"), plan.Notebooks[0].OutputPath);
        Assert.Null(plan.Notebooks[0].Publish);
        Assert.False(plan.KeepRuns);
    }

    [Theory]
    [InlineData("result.ipynb", "result.ipynb")]
    [InlineData("results", "results/a.ipynb")]
    public void A_target_without_an_extension_is_a_folder(string target, string expected) =>
        Assert.Equal(
            Path.Combine(folder.FullName, expected),
            Planned(new RunRequest { Notebooks = [Notebook("a")], Out = Path.Combine(folder.FullName, target) }).OutputPath);

    [Fact]
    public void Publishing_in_place_keeps_the_full_notebook_beside_it()
    {
        var notebook = Notebook("a");

        var plan = RunPlan.Of(new RunRequest { Notebooks = [notebook], InPlace = true, Publish = true }, Checkout);

        Assert.Equal(notebook, plan.Notebooks[0].Publish!.Path);
        Assert.NotEqual(notebook, plan.Notebooks[0].OutputPath);
        Assert.Contains(folder.FullName, plan.Notebooks[0].Publish!.ForbiddenStrings);
        Assert.True(plan.KeepRuns);
    }

    [Fact]
    public void A_value_may_hold_an_equals_sign() =>
        Assert.Equal("a=b", Planned(new RunRequest { Notebooks = [Notebook("a")], Parameters = ["text=a=b"] }).Parameters["text"]);

    [Fact]
    public void Phantoms_take_the_parameters_that_the_notebook_names_unless_they_are_set_and_see_no_images()
    {
        var notebook = Notebook("a", """
            {
              "cells": [],
              "metadata": {"covidnotebooks": {"phantoms": {"epochs": "1", "phantoms": "30"}}},
              "nbformat": 4,
              "nbformat_minor": 5
            }
            """);

        var plan = RunPlan.Of(new RunRequest { Notebooks = [notebook], Phantoms = true, Parameters = ["epochs=2", "seed=7"] }, Checkout);

        Assert.Equal(
            [("epochs", "2"), ("phantoms", "30"), ("seed", "7")],
            plan.Notebooks[0].Parameters.Select(entry => (entry.Key, entry.Value)).Order());
        Assert.False(Directory.Exists(plan.DataFolder));
        Assert.Null(RunPlan.Of(new RunRequest { Notebooks = [notebook] }, Checkout).DataFolder);
    }

    [Fact]
    public void A_folder_from_elsewhere_becomes_an_absolute_parameter_that_is_not_published()
    {
        var external = folder.CreateSubdirectory("elsewhere").FullName;

        var relative = Path.GetRelativePath(Environment.CurrentDirectory, external);
        var plan = RunPlan.Of(new RunRequest { Notebooks = [Notebook("a")], External = relative, Publish = true }, Checkout);

        Assert.Equal(external, plan.Notebooks[0].Parameters["external"]);
        Assert.Contains(external, plan.Notebooks[0].Publish!.ForbiddenStrings);
    }

    [Theory]
    [InlineData("epochs", "0", "Epochs is 0; expected at least 1.")]
    [InlineData("epochs", "-3", "Epochs is -3; expected at least 1.")]
    [InlineData("learningRate", "0", "LearningRate is 0; expected a finite number above 0.")]
    [InlineData("batchSize", "0", "BatchSize of a loader is at least 1.")]
    [InlineData("workers", "-1", "Workers of a loader is at least 0.")]
    [InlineData("patience", "-1", "Patience is -1; it must be at least 0 epochs.")]
    [InlineData("largeEpochs", "-1", "Expected at least 0 epochs; 0 leaves the training out.")]
    public void A_value_that_the_library_would_refuse_is_refused_before_the_first_cell(string name, string value, string sentence)
    {
        var error = Assert.Throws<RunRequestException>(
            () => Planned(new RunRequest { Notebooks = [Notebook("a")], Parameters = [$"{name}={value}"] }));
        Assert.Equal($"--set {name}={value}: {sentence} No cell was run.", error.Message);
        Assert.Equal("1", Planned(new RunRequest { Notebooks = [Notebook("a")], Parameters = [$"{name}=1"] }).Parameters[name]);
    }

    [Theory]
    [InlineData("imageSize=8", "imageSize=64")]
    [InlineData("imageSize=-1", "imageSize=32")]
    [InlineData("imageSize=100000", "imageSize=2048")]
    [InlineData("imageSize=NaN", "imageSize=224")]
    [InlineData("seeds=1", "seeds=2")]
    [InlineData("phantoms=0", "phantoms=10")]
    [InlineData("lowerRate=-1", "lowerRate=0.1")]
    [InlineData("device=gpu", "device=cuda:1")]
    public void Sizes_counts_and_devices_that_nothing_can_use_are_refused_in_one_sentence(string bad, string good)
    {
        var error = Assert.Throws<RunRequestException>(
            () => Planned(new RunRequest { Notebooks = [Notebook("a")], Parameters = [bad] })).Message;
        Assert.StartsWith($"--set {bad}: ", error, StringComparison.Ordinal);
        Assert.EndsWith(" No cell was run.", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        _ = RunPlan.Of(new RunRequest { Notebooks = [Notebook("a")], Parameters = [good] }, Checkout);
    }

    [Fact]
    public void A_publication_trains_anew_unless_going_on_is_asked_for()
    {
        const string Cell = """
            {
              "cells": [
                {
                  "cell_type": "code",
                  "execution_count": null,
                  "metadata": {"tags": ["parameters"]},
                  "outputs": [],
                  "source": ["bool resume = true;"]
                }
              ],
              "metadata": {},
              "nbformat": 4,
              "nbformat_minor": 5
            }
            """;
        var (resumes, plain) = (Notebook("resumes", Cell), Notebook("plain", Cell.Replace("resume", "quick", StringComparison.Ordinal)));
        IReadOnlyDictionary<string, string> Parameters(string notebook, bool publish, params string[] set) =>
            RunPlan.Of(new RunRequest { Notebooks = [notebook], Publish = publish, Parameters = set }, Checkout).Notebooks[0].Parameters;

        Assert.Equal("false", Parameters(resumes, publish: true)["resume"]);
        Assert.Equal("true", Parameters(resumes, publish: true, "resume=true")["resume"]);
        Assert.Empty(Parameters(resumes, publish: false));
        Assert.Empty(Parameters(plain, publish: true));
    }

    [Fact]
    public void What_cannot_be_done_is_refused_with_what_to_do_instead()
    {
        var notebook = Notebook("a");
        Refused(new RunRequest { Notebooks = ["no-such.ipynb"] }, "a.ipynb");
        Refused(new RunRequest { Notebooks = [notebook], Data = "no-such-folder" }, "kit data list");
        Refused(new RunRequest { Notebooks = [notebook], External = "no-such-folder" }, "leave --external out");
        Refused(new RunRequest { Notebooks = [notebook], Parameters = ["epochs"] }, "--set epochs=1");
        Refused(new RunRequest { Notebooks = [notebook], Parameters = ["e=1", "e=2"] }, "Give it once");
        Refused(new RunRequest { Notebooks = [notebook], Phantoms = true, Data = folder.FullName }, "Give one of them");
        Refused(new RunRequest { Notebooks = [notebook], Phantoms = true, Publish = true }, "Give one of them");
        Refused(new RunRequest { Notebooks = [Notebook("b")], Phantoms = true }, "--set epochs=1");
        Refused(new RunRequest { Notebooks = [notebook], Out = "x", InPlace = true }, "Give one of them");
        Refused(new RunRequest { Notebooks = [notebook, notebook] }, "one by one");
    }

    private void Refused(RunRequest request, string whatToDo)
    {
        var error = Assert.Throws<RunRequestException>(() => RunPlan.Of(request, Checkout));
        Assert.Contains(whatToDo, error.Message, StringComparison.Ordinal);
    }

    private HeadlessOptions Planned(RunRequest request) => RunPlan.Of(request, Checkout).Notebooks[0];

    private string Notebook(string name, string content = """{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""")
    {
        var path = Path.Combine(folder.CreateSubdirectory("notebooks").FullName, name + ".ipynb");
        File.WriteAllText(path, content);
        return path;
    }
}
