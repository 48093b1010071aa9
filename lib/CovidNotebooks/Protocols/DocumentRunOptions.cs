using CovidNotebooks.Audit;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;

namespace CovidNotebooks.Protocols;

/// <summary>How a document's experiment is run: nothing here is a setting of the experiment itself, but its seed.</summary>
public sealed record DocumentRunOptions
{
    /// <summary>Seeds weights, order, random changes and dropout. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The run's name; null, the default, for the document's number and <see cref="Story"/>: <c>05-as-published</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Which variant of the experiment it is, and why. Default <c>as published</c>; the document's number is added.</summary>
    public RunStory Story { get; init; } = new("as published");

    /// <summary>The audit of the data; null, the default: it is made when the run begins.</summary>
    public DataAudit? Audit { get; init; }

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>. Default <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads that load images; they change the time, never the numbers. Default 2.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Is told of batches and epochs, for example a live chart; null for nobody.</summary>
    public ITrainingObserver? Observer { get; init; }

    /// <summary>
    /// Makes the observer of each training that has none, of its title and its epochs: a chart that grows and stays. Null, the default, for
    /// nobody.
    /// </summary>
    public Func<string, int, ITrainingObserver>? Watch { get; init; }

    /// <summary>
    /// Is told how many of how many images have gone through a frozen trunk (<see cref="Protocol.AugmentationDraws"/>); null for nobody.
    /// </summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>
    /// Go on from a checkpoint of the same settings where there is one. Default true; false trains anew, which a publication does.
    /// </summary>
    public bool Resume { get; init; } = true;

    /// <summary>Keep a checkpoint. Default true; false for a training that is quicker than its file.</summary>
    public bool Checkpoint { get; init; } = true;

    /// <summary>Keep the weights as <c>model.safetensors</c> of the run. Default true.</summary>
    public bool KeepWeights { get; init; } = true;

    /// <summary>Ends training after the batch that runs.</summary>
    public CancellationToken Cancellation { get; init; }
}
