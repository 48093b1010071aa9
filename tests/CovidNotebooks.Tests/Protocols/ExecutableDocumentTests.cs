using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Protocols;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using Tests.Data;
using Tests.Shared;
using Tests.Training;

namespace Tests.Protocols;

/// <summary>
/// Every setting of every document drives what runs, and the run's record says what it was: each is changed in turn, on a few small
/// phantoms.
/// </summary>
[Collection(SharedGenerator.Name)]
public sealed partial class ExecutableDocumentTests : IDisposable
{
    private const int PictureSize = 40;
    private static readonly DataAudit NoAudit = DataAudit.Skipped("a test on phantoms");

    private readonly TemporaryFolder folder = new();
    private readonly RunStore store;

    public ExecutableDocumentTests() => store = new RunStore(Path.Combine(folder.Path, "runs"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_document_runs_in_one_call_and_leaves_a_finished_record_of_what_ran()
    {
        var document = Small(5);
        using var run = document.Run(store, Images(document), Options);
        var record = store.Load(run.Id);

        Assert.Equal((RunStatus.Finished, "05-as-published", 2), (record.Status, record.Name, record.Format));
        Assert.Contains("finished", run.ToPlainText(), StringComparison.Ordinal);
        Assert.Empty(record.NotRecorded);
        Assert.Equal(
            (5L, "as published", "phantoms", "none"),
            (
                record.Parameters["document"],
                record.Parameters["variant"],
                RecordedFact.Data.TextOf(record.Parameters),
                RecordedFact.Weights.TextOf(record.Parameters)));
        Assert.Equal(
            ("train", "test", "test"),
            (record.Parameters["train.part"], record.Parameters["validation.part"], record.Parameters["evaluation.part"]));
        Assert.Equal(
            ("keras_adam", 1e-4, "categorical_cross_entropy", "last"),
            (
                record.Parameters["trainer.optimizer"],
                record.Parameters["trainer.optimizer.learning_rate"],
                record.Parameters["trainer.loss"],
                record.Parameters["trainer.final_weights"]));
        Assert.Equal(
            (.5, "sigmoid", 128L),
            (record.Parameters["model.dropout"], record.Parameters["model.hidden_activation"], record.Parameters["model.hidden_units"]));
        Assert.Equal(("highest_score", (object?)null), (record.Parameters["threshold_rule"], record.Parameters["evaluation.threshold"]));
        Assert.Equal(run.Predictions.PositiveScores, record.LoadPredictions().PositiveScores);

        // What the document would run is what the record says that ran, name by name; only the numbers of images are those of the phantoms.
        var said = document.ToSettings(Options.Seed, 15, 9);
        Assert.All(
            said.Where(pair => record.Parameters.ContainsKey(pair.Key)),
            pair => Assert.Equal(Json(pair.Value), Json(record.Parameters[pair.Key])));
        Assert.Equal(["class_weighting"], said.Keys.Except(record.Parameters.Keys, StringComparer.Ordinal));
        Assert.Equal(run.Differs, Assert.IsAssignableFrom<IEnumerable<object?>>(record.Parameters["differs"]).Cast<string>());
        Assert.Equal("the run was made on phantoms", run.Differs[0]);
        Assert.Contains("trainer.epochs 3 instead of 20", run.Differs);
    }

    [Fact]
    public void Names_are_snake_case_and_values_are_JSON_not_CSharp()
    {
        var document = Small(2);
        using var run = document.Run(store, Images(document), Options);
        var text = File.ReadAllText(Path.Combine(store.Root, run.Id, "run.json"));
        Assert.All(store.Load(run.Id).Parameters.Keys, name => Assert.Matches("^[a-z0-9_]+(\\.[a-z0-9_]+)*$", name));
        Assert.DoesNotMatch(@"\w+ \{ \w+ =", text);
        Assert.Equal(new object?[] { .95, 1.05 }, store.Load(run.Id).Parameters["train.augmentation.zoom_range"]);
        Assert.Equal("keras_validation_split", store.Load(run.Id).Parameters["split"]);
    }

    [Fact]
    public void The_experiments_that_were_recorded_wrongly_are_recorded_as_they_run()
    {
        // 05-corrected and 05-class-weights: no stopper, patience or rule for the final weights was recorded.
        var published = Small(5);
        var corrected = published with
        {
            ValidationPart = "val",
            Stopping = new EarlyStopping { Patience = 5, RestoreBestWeights = true },
            FinalWeights = FinalWeights.Best,
            ClassWeighting = ClassWeighting.Balanced,
        };
        var five = Recorded(corrected, Images(published));
        Assert.Equal(
            ("early_stopping", 5L, "best", "val"),
            (five["trainer.stopping"], five["trainer.stopping.patience_epochs"], five["trainer.final_weights"], five["validation.part"]));
        Assert.Equal(2, Assert.IsAssignableFrom<object?[]>(five["trainer.class_weights"]).Length);

        // 02-corrected, on the official lists and all validation images: Keras' share and steps were recorded.
        var official = (Document2)Small(2) with
        {
            Split = new ShippedSplit(),
            EvaluationPart = "test",
            ValidationIsAugmented = false,
            ValidationIsShuffled = false,
            ValidationFullBatchesOnly = false,
            Stopping = null,
            BestEpoch = new(TrainingMetric.ValidationAccuracy),
            FinalWeights = FinalWeights.Best,
        };
        var two = Recorded(official, Images(official));
        Assert.Equal(
            ("shipped_split", (object?)null, "val", "test"),
            (two["split"], two["validation.steps_per_epoch"], two["validation.part"], two["evaluation.part"]));
        Assert.DoesNotContain("split.rule.validation_share", two.Keys);
        Assert.Contains("split shipped_split instead of keras_validation_split", Differs(two));
        Assert.Contains("validation.steps_per_epoch none instead of 1", Differs(two));
        Assert.DoesNotContain(Differs(two), sentence => sentence.StartsWith("evaluation.width", StringComparison.Ordinal));
    }

    [Fact]
    public void Folds_record_what_they_share_and_what_each_has_of_its_own()
    {
        // 01-corrected, five folds: a test share and a seed of a split that was not made were recorded.
        var document = Small(5);
        var all = Images(document).Parts.Select(part => part.Dataset).Aggregate((one, other) => ImageDataset.Join("all", one, other));
        var folds = Splitter.Grouped(all, 1, ("fold 1", .5), ("fold 2", .5));
        using var sources = DocumentSources.Of(document, all, folder.Path, Options);
        using var experiment = document.Begin(store, folds, Options with { Story = "two folds", Audit = NoAudit });
        var answers = folds.Parts.SelectMany(fold =>
        {
            var rest = folds.Parts.Single(part => part.Name != fold.Name).Dataset;
            var (model, _) = document.Train(sources, rest, null, experiment, Options with { Checkpoint = false });
            using (model)
            {
                return document.Ask(sources, model, fold.Dataset, experiment).Items;
            }
        }).ToArray();
        experiment.Finish(new Dictionary<string, double>(StringComparer.Ordinal));

        var record = store.Load(experiment.Id);
        Assert.Equal(all.Count, answers.Length);
        Assert.Equal(
            ("random_split", true, 1L),
            (record.Parameters["split"], record.Parameters["split.rule.by_group"], record.Parameters["split.rule.seed"]));
        Assert.Equal(["fold 2", "fold 1"], record.Trainings.Select(training => training["train.part"]));
        Assert.Equal(("fold 1 + fold 2", (long)all.Count), (record.Parameters["evaluation.part"], record.Parameters["evaluation.images"]));
        Assert.Equal(3L, record.Parameters["trainer.epochs"]);
        Assert.DoesNotContain("train.part", record.Parameters.Keys);
        Assert.Contains("validation.part none instead of test", Differs(record.Parameters));
        Assert.DoesNotContain(Differs(record.Parameters), clause => clause.StartsWith("train.part", StringComparison.Ordinal));
        Assert.Contains("training 2 of 2", record.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_of_a_frozen_trunk_are_what_it_gives_of_the_loaders_own_pictures()
    {
        var document = new Document1 { ImageSize = 128, BatchSize = 2, AugmentationDraws = 2 };
        var images = Images(Small(5))["test"];
        using var plain = DocumentSources.Of(document with { AugmentationDraws = null }, images, folder.Path, Options);
        using var maps = DocumentSources.Of(document, images, folder.Path, Options);
        using var network = document.Model(Options.Seed);
        network.eval();
        Assert.Equal((true, false), (maps.AreMaps, plain.AreMaps));
        Assert.Equal((0L, 0L), (plain.Megabytes, maps.Megabytes)); // 4 x 4 cells of 512 channels: 32 KB a picture
        Assert.NotSame(network, maps.Taker(network));
        Assert.Same(network, plain.Taker(network));

        using var scope = TorchSharp.torch.NewDisposeScope();
        foreach (var (part, epoch) in new (Func<DocumentSources, IBatchSource> Part, int Epoch)[]
            {
                (sources => sources.Evaluation(images), 0),
                (sources => sources.Validation(images, Options.Seed), 0),
                (sources => sources.Training(images, Options.Seed), 1),
            })
        {
            foreach (var (map, picture) in part(maps).Epoch(epoch).Zip(part(plain).Epoch(epoch)))
            {
                Assert.Equal(picture.Indices, map.Indices);
                var expected = ((NetworkOnTrunk)network).Trunk.call(picture.Images);
                Assert.True((expected - map.Images).abs().max().item<float>() < 1e-4);
            }
        }

        Assert.Empty(plain.BadImages);
    }

    [Fact]
    public void A_run_that_asks_a_trained_network_anew_records_its_training()
    {
        var document = Small(5);
        using var first = document.Run(store, Images(document), Options);
        using var again = document.Begin(store, Images(document), Options with { Story = "another threshold", Audit = NoAudit });
        again.TrainedIn(first.Experiment);
        again.Finish(first.Predictions.AtThreshold(.3), first.Report);

        var record = store.Load(again.Id);
        Assert.Equal(
            (first.Id, .3, 3L),
            (record.Parameters["trained_in"], record.Parameters["evaluation.threshold"], record.Parameters["trainer.epochs"]));
        Assert.DoesNotContain("epochs_run", record.Results.Keys);
        Assert.Equal("positive from a score of 0.3000 on", DecisionRule.Of(record.LoadPredictions(), record).Text);
    }

    [Fact]
    public void A_threshold_that_is_chosen_afterwards_is_a_run_of_its_own_which_says_so()
    {
        var document = Small(5);
        using var first = document.Run(store, Images(document), Options);
        using (var judged = first.AtValidationThreshold(store, Options with { Story = "another threshold", Audit = NoAudit }))
        {
            var record = store.Load(judged.Id);
            Assert.Equal(
                (first.Id, "youden_on_validation", judged.Threshold!.Value),
                (record.Parameters["trained_in"], record.Parameters["threshold_rule"], record.Parameters["evaluation.threshold"]));
            Assert.Contains(judged.Differs, clause => clause.StartsWith("threshold_rule youden_on_validation", StringComparison.Ordinal));
            Assert.Equal(judged.Report[MetricNames.Accuracy].Value, record.Results["accuracy"]);
            Assert.DoesNotContain("epochs_run", record.Results.Keys);
        }

        Assert.Equal(first.Predictions.Count, first.Ask(first.Images["test"]).Count);
    }

    [Fact]
    public void A_setting_that_would_be_recorded_and_change_nothing_is_refused()
    {
        Protocol[] documents =
        [
            new Document3 { Rescale = 1 / 200.0 }, new Document4 { Rescale = 1 / 255.0 },
            new Document2 { Activation = OutputActivation.Softmax },
        ];
        Assert.All(documents, document =>
        {
            Assert.Throws<ArgumentException>(document.EvaluationLoader);
            Assert.Throws<ArgumentException>(() => document.TrainerOptions(seed: 1));
        });
        Assert.Contains(
            "Rescale is 0.005 beside Normalization",
            Assert.Throws<ArgumentException>(documents[0].EvaluationLoader).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_ran_is_not_typed_over_and_impossible_settings_are_refused()
    {
        var document = Small(5);
        using var experiment = document.Begin(store, Images(document), Options);
        using var sources = DocumentSources.Of(document, Images(document)["train"], folder.Path, Options);
        var (model, _) = document.Train(sources, Images(document)["train"], null, experiment, Options);
        model.Dispose();
        Assert.All(["trainer.epochs", "trainer.rule_of_thumb"], name => Assert.Contains(
            "cannot be typed over", Assert.Throws<ArgumentException>(() => experiment.Set(name, 20)).Message, StringComparison.Ordinal));

        Assert.Contains(
            "no frozen trunk",
            Assert.Throws<ArgumentException>(
                () => DocumentSources.Of(document with { AugmentationDraws = 2 }, Images(document)["train"], folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (document with { ColorMode = ColorMode.Grayscale }).Run(store, Images(document), Options));
        Assert.StartsWith(
            "Epochs is 0",
            Assert.Throws<ArgumentException>(() => (document with { Epochs = 0 }).Run(store, Images(document), Options)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no split \"dev\"",
            Assert.Throws<DataException>(() => (document with { EvaluationPart = "dev" }).Run(store, Images(document), Options)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "chosen on validation images",
            Assert.Throws<InvalidOperationException>(
                () =>
                    (document with { Threshold = ThresholdRule.YoudenOnValidation, ValidationPart = null })
                        .Run(store, Images(document), Options)).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(store.List(), run => run.Status == RunStatus.Running && run.Id != experiment.Id);
        Assert.All(
            Protocol.All,
            protocol =>
                Assert.NotEqual(
                    protocol.EvaluationLoader(),
                    (protocol with { ApplyExifOrientation = !protocol.ApplyExifOrientation }).EvaluationLoader()));
    }

    [Fact]
    public void Every_citation_names_a_setting_that_what_runs_has()
    {
        foreach (var document in Protocol.All.Concat([Document2.Base, Document2.Second]))
        {
            var settings = document.ToSettings();
            var absent = document.Citations.Select(citation => citation.Name).Where(name => !settings.ContainsKey(name));
            Assert.All(absent, name => Assert.True(document is Document2 { Network.Name: "Large" }, $"document {document.Number}: {name}"));
            Assert.DoesNotContain(document.AsPublished.Settings, setting => setting.IsChanged);
        }
    }

    [SkippableFact]
    public void The_documents_own_data_and_split_are_opened()
    {
        Skip.If(Repository.RealData is null, "The real image sets are not here: set COVIDNOTEBOOKS_DATA.");
        var data = DataFolder.Resolve(Repository.RealData, _ => null, Repository.Root);
        int[] Counts(Protocol document) => [.. document.Images(data).Parts.Select(part => part.Dataset.Count)];
        Assert.Equal([40, 10], Counts(new Document1()));
        Assert.Equal([598, 148], Counts(new Document2()));
        Assert.Equal([425, 118, 203], Counts(new Document3()));
        var test = new Document3().Images(data)["test"];
        Assert.Equal(["CT_NonCOVID", "CT_COVID"], test.ClassNames);
        Assert.Equal(("covid-ct", false), (test.Collection, test.IsPhantom));
    }

    private static DocumentRunOptions Options => new() { Seed = 4, Workers = 0, Audit = NoAudit, Checkpoint = false, KeepWeights = false };

    /// <summary>The document on pictures that a test can train on, for three epochs.</summary>
    private static Protocol Small(int number)
    {
        var document = Protocol.All[number - 1];
        return document with
        {
            ImageSize = number == 1 ? 160 : 32,
            ShorterSide = document.ShorterSide is null ? null : 40,
            BatchSize = 4,
            Epochs = 3,
        };
    }

    /// <summary>
    /// Fifteen training, nine test images of two classes of different size, and a validation part where the document's split has one.
    /// </summary>
    private DatasetSplit Images(Protocol document)
    {
        var drawn = Phantoms.Create(Path.Combine(folder.Path, "phantoms"), new PhantomOptions
        {
            Kind = document is Document2 or Document3 ? PhantomKind.LungCt : PhantomKind.ChestXray,
            Size = PictureSize,
            TrainPerClass = 14,
            TestPerClass = 5,
        }).Select(part => part.WithClassOrder([
            .. document is Document1 or Document3 or Document4 ? part.ClassNames.Reverse() : part.ClassNames,
        ]));
        var test = drawn["test"].Subset(Enumerable.Range(0, 9), "test");
        var train = drawn["train"];
        var shipped = new DatasetSplit("phantoms",
        [
            ("train", train.Subset([.. Enumerable.Range(0, 9), .. Enumerable.Range(14, 6)], "train")),
            ("val", train.Subset([.. Enumerable.Range(9, 4), .. Enumerable.Range(20, 5)], "val")),
            ("test", test),
        ])
        {
            Rule = new ShippedSplit(),
        };
        return document.Split.Cut(shipped);
    }

    private IReadOnlyDictionary<string, object?> Recorded(Protocol document, DatasetSplit images)
    {
        using var run = document.Run(store, images, Options with { Story = "corrected" });
        return store.Load(run.Id).Parameters;
    }

    private static string[] Differs(IReadOnlyDictionary<string, object?> parameters) =>
    [
        .. ((IEnumerable<object?>)parameters["differs"]!).Cast<string>(),
    ];

    private static string Json(object? value) => System.Text.Json.JsonSerializer.Serialize(value);
}
