using System.Globalization;
using System.Reflection;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
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
public sealed class ExecutableDocumentTests : IDisposable
{
    private const int PictureSize = 40;
    private static readonly DataAudit NoAudit = DataAudit.Skipped("a test on phantoms");

    /// <summary>What is changed: a property, the change, and the setting of the record that has to say it.</summary>
    private static readonly Change[] Common =
    [
        new(nameof(Protocol.ImageSize), document => document with { ImageSize = document.ImageSize + 32 }, "train.width_pixels"),
        new(
            nameof(Protocol.Interpolation),
            document =>
                document with
                {
                    Interpolation = document.Interpolation == Interpolation.PilBilinear ? Interpolation.PilNearest
                        : Interpolation.PilBilinear,
                },
            "train.interpolation"),
        new(nameof(Protocol.Rescale), document => document with { Rescale = 1 / 200.0 }, "train.rescale"),
        new(
            nameof(Protocol.Normalization),
            document => document with { Normalization = PixelNormalization.ImageNet },
            "train.normalization"),
        new(
            nameof(Protocol.Augmentation),
            document => document with { Augmentation = new() { VerticalFlip = true, ZoomRange = .3 } },
            "train.augmentation"),
        new(nameof(Protocol.BatchSize), document => document with { BatchSize = 3 }, "train.batch_size"),
        new(nameof(Protocol.StepsPerEpoch), document => document with { StepsPerEpoch = 1 }, "train.steps_per_epoch"),
        new(
            nameof(Protocol.FullBatchesOnly),
            document => document with { FullBatchesOnly = !document.FullBatchesOnly },
            "train.steps_per_epoch"),
        new(
            nameof(Protocol.Split),
            document => document with { Split = new RandomSplit(ByGroup: true, 9, ["train", "val", "test"], [.4, .3, .3]) },
            "split"),
        new(
            nameof(Protocol.ValidationPart),
            document =>
                document with { ValidationPart = string.Equals(document.ValidationPart, "val", StringComparison.Ordinal) ? "test" : "val" },
            "validation.part"),
        new(
            nameof(Protocol.EvaluationPart),
            document =>
                document with { EvaluationPart = string.Equals(document.EvaluationPart, "val", StringComparison.Ordinal) ? "test" : "val" },
            "evaluation.part"),
        new(
            nameof(Protocol.ValidationIsAugmented),
            document => document with { ValidationIsAugmented = !document.ValidationIsAugmented },
            "validation"),
        new(
            nameof(Protocol.ValidationIsShuffled),
            document => document with { ValidationIsShuffled = !document.ValidationIsShuffled },
            "validation.shuffle"),
        new(
            nameof(Protocol.ValidationSteps),
            document => document with { ValidationSteps = document.Number == 2 ? 2 : 1 },
            "validation.steps_per_epoch"),
        new(
            nameof(Protocol.ValidationFullBatchesOnly),
            document => document with { ValidationFullBatchesOnly = !document.ValidationFullBatchesOnly },
            "validation.steps_per_epoch"),
        new(nameof(Protocol.Epochs), document => document with { Epochs = 2 }, "trainer.epochs"),
        new(
            nameof(Protocol.Optimizer),
            document => document with { Optimizer = new TorchAdam { LearningRate = document.LearningRate, WeightDecay = .1 } },
            "trainer.optimizer"),
        new(
            nameof(Protocol.LearningRate),
            document => document with { LearningRate = document.LearningRate / 2 },
            "trainer.optimizer.learning_rate"),
        new(
            nameof(Protocol.Loss),
            document =>
                document with
                {
                    Loss = document.Loss == Loss.CategoricalCrossEntropy ? Loss.BinaryCrossEntropyOnSoftmax : Loss.CategoricalCrossEntropy,
                },
            "trainer.loss"),
        new(
            nameof(Protocol.Activation),
            document =>
                document with
                {
                    Activation = document.Activation == OutputActivation.Sigmoid ? OutputActivation.Softmax : OutputActivation.Sigmoid,
                },
            "trainer.activation"),
        new(
            nameof(Protocol.ClassWeighting),
            document => document with { ClassWeighting = ClassWeighting.Balanced },
            "trainer.class_weights"),
        new(
            nameof(Protocol.Accumulation),
            document => document with { Accumulation = new GradientAccumulation(3) },
            "trainer.accumulation"),
        new(
            nameof(Protocol.Stopping),
            document => document with { Stopping = new EarlyStopping { Monitor = TrainingMetric.Loss, MinDelta = 1e9, Patience = 1 } },
            "trainer.stopping"),
        new(
            nameof(Protocol.BestEpoch),
            document => document with { BestEpoch = new BestEpochRule(TrainingMetric.Accuracy, MonitorMode.Min) },
            "trainer.best_by"),
        new(
            nameof(Protocol.FinalWeights),
            document =>
                document with
                {
                    BestEpoch = new BestEpochRule(TrainingMetric.Loss, MonitorMode.Max),
                    FinalWeights = document.FinalWeights == FinalWeights.Best ? FinalWeights.Last : FinalWeights.Best,
                },
            "trainer.final_weights"),
        new(
            nameof(Protocol.ValidationLossMean),
            document =>
                document with
                {
                    ValidationLossMean = document.ValidationLossMean == LossMean.PerBatch ? LossMean.PerImage : LossMean.PerBatch,
                },
            "trainer.validation_loss_mean"),
        new(nameof(Protocol.Threshold), document => document with { Threshold = ThresholdRule.YoudenOnValidation }, "threshold_rule"),
    ];

    /// <summary>Properties that cannot change these runs, and why.</summary>
    private static readonly (int[] Documents, string Name, string Why)[] WithoutEffect =
    [
        (
            [1, 2, 3, 4, 5],
            nameof(Protocol.ApplyExifOrientation),
            "phantoms have no EXIF orientation; that it reaches the loader is tested below"),
        ([1, 2, 4, 5], nameof(Protocol.ShorterSide), "torchvision's, for document 3"),
        ([1, 2, 4, 5], nameof(Protocol.RandomCrop), "torchvision's, for document 3"),
        ([3], nameof(Protocol.Augmentation), "Keras', which excludes torchvision's"),
        ([3, 4], nameof(Protocol.Rescale), "the normalisation takes its place"),
        ([4], nameof(Protocol.FullBatchesOnly), "its steps are a number"),
        ([4], nameof(Protocol.ValidationFullBatchesOnly), "its steps are a number"),
        ([2, 3, 5], nameof(Protocol.AugmentationDraws), "the network has no frozen trunk: refused, tested below"),
        ([2], nameof(Protocol.Activation), "one output is always read through a sigmoid"),
        ([2], nameof(Protocol.EvaluationPart), "its split has two parts, and both serve the training"),
        ([2], nameof(Protocol.ValidationPart), "its split has two parts, and one is trained on"),
        ([1], nameof(Protocol.EvaluationPart), "its split has two parts, and one is trained on"),
        ([1], nameof(Protocol.ValidationPart), "its split has two parts, and one is trained on"),
        ([2, 5], nameof(Protocol.ValidationLossMean), "only full batches are measured, so both means are one"),
        ([1, 4], nameof(Protocol.ValidationIsShuffled), "all are measured, in whatever order"),
        ([1, 3, 4], nameof(PretrainedProtocol.Trunk), "random numbers of another stream; files are tested with PretrainedTrunk"),
        ([2], nameof(Protocol.Normalization), "it needs three channels: refused by the loader"),
        ([1, 2, 3, 4, 5], nameof(Protocol.ColorMode), "the networks take one of the two: refused, tested below"),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly RunStore store;

    public ExecutableDocumentTests() => store = new RunStore(Path.Combine(folder.Path, "runs"));

    public static TheoryData<int> Numbers => [1, 2, 3, 4, 5];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_property_is_tried(int number)
    {
        var tried = Changes(number).Select(change => change.Name)
            .Concat(WithoutEffect.Where(item => item.Documents.Contains(number)).Select(item => item.Name))
            .ToHashSet(StringComparer.Ordinal);
        var properties = Protocol.All[number - 1].GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite).Select(property => property.Name);
        Assert.Empty(properties.Except(tried, StringComparer.Ordinal));
    }

    [Fact]
    public void Each_setting_of_document_5_changes_the_run_and_its_record() => EachChangesTheRun(5);

    [Fact]
    public void Each_setting_of_document_2_changes_the_run_and_its_record() => EachChangesTheRun(2);

    [LongTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Each_setting_of_a_pretrained_network_changes_the_run_and_its_record(int number) => EachChangesTheRun(number);

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
        Assert.Contains("training 2 of 2", record.ToPlainText(), StringComparison.Ordinal);
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
    public void What_ran_is_not_typed_over_and_impossible_settings_are_refused()
    {
        var document = Small(5);
        using var experiment = document.Begin(store, Images(document), Options);
        using var sources = DocumentSources.Of(document, Images(document)["train"], folder.Path, Options);
        var (model, _) = document.Train(sources, Images(document)["train"], null, experiment, Options);
        model.Dispose();
        Assert.Contains(
            "cannot be typed over",
            Assert.Throws<ArgumentException>(() => experiment.Set("trainer.epochs", 20)).Message,
            StringComparison.Ordinal);

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

    private static IEnumerable<Change> Changes(int number)
    {
        IEnumerable<Change> own = number switch
        {
            1 =>
            [
                new(nameof(Document1.Pooling), document => (Document1)document with { Pooling = Vgg16Pooling.WholeMap }, "model.pooling"),
                new(nameof(Document1.HiddenUnits), document => (Document1)document with { HiddenUnits = 8 }, "model.hidden_units"),
                new(nameof(Document1.Dropout), document => (Document1)document with { Dropout = 0 }, "model.dropout"),
                new(nameof(Protocol.AugmentationDraws), document => document with { AugmentationDraws = 1 }, "1 draws"),
            ],
            2 =>
                [
                    new(
                        nameof(Document2.Network),
                        document => (Document2)document with { Network = CovidCtCnnOptions.Final with { Dense = [(8, .1)] } },
                        "model.dense"),
                ],
            3 =>
            [
                new(nameof(Protocol.ShorterSide), document => document with { ShorterSide = 60 }, "train.shorter_side_pixels"),
                new(
                    nameof(Protocol.RandomCrop),
                    document => document with { RandomCrop = new() { Scale = (.2, .4) } },
                    "train.random_crop.scale"),
            ],
            4 => [new(nameof(Protocol.AugmentationDraws), document => document with { AugmentationDraws = 1 }, "1 draws")],
            _ =>
            [
                new(nameof(Document5.HiddenUnits), document => (Document5)document with { HiddenUnits = 8 }, "model.hidden_units"),
                new(
                    nameof(Document5.HiddenActivation),
                    document => (Document5)document with { HiddenActivation = HiddenActivation.Relu },
                    "model.hidden_activation"),
                new(nameof(Document5.Dropout), document => (Document5)document with { Dropout = 0 }, "model.dropout"),
            ],
        };
        return Common.Where(change => !WithoutEffect.Any(item => item.Documents.Contains(number) && item.Name == change.Name)).Concat(own);
    }

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

    private void EachChangesTheRun(int number)
    {
        var document = Small(number);
        var (outcome, differs) = Outcome(document);
        foreach (var change in Changes(number))
        {
            var (changed, said) = Outcome(change.Apply(document));
            Assert.True(changed != outcome, $"document {number}: {change.Name} was changed and the run was the same");
            if (!changed.StartsWith("refused", StringComparison.Ordinal))
            {
                var names = said.Except(differs, StringComparer.Ordinal).Concat(differs.Except(said, StringComparer.Ordinal)).ToArray();
                Assert.True(
                    names.Any(sentence => sentence.StartsWith(change.Setting, StringComparison.Ordinal)),
                    $"document {number}: {change.Name} was changed and the record says: {string.Join("; ", names)}");
            }
        }
    }

    /// <summary>All that a run measures, or that it was refused; and what its record says that differs.</summary>
    private (string Outcome, IReadOnlyList<string> Differs) Outcome(Protocol document)
    {
        try
        {
            using var run = document.Run(store, Images(document), Options);
            var epochs = run.History.Epochs.Select(
                epoch =>
                    string.Create(
                        CultureInfo.InvariantCulture, $"{epoch.Loss} {epoch.Accuracy} {epoch.ValidationLoss} {epoch.ValidationAccuracy}"));
            var answers = run.Predictions.Items.Select(
                item => string.Create(CultureInfo.InvariantCulture, $"{item.Id} {item.Scores[0]} {item.Loss}"));
            return (
                string.Join('\n', [.. epochs, $"{run.History.BestRule}", $"{run.Predictions.Threshold}", .. answers]),
                Differs(store.Load(run.Id).Parameters));
        }
        catch (ArgumentException refused)
        {
            return ($"refused: {refused.Message}", []);
        }
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

    private sealed record Change(string Name, Func<Protocol, Protocol> Apply, string Setting);
}
