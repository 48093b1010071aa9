namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>One side's medians.</summary>
/// <param name="EpochSeconds">
/// A whole epoch: reading, decoding, resizing, changing, forward, backward, step, validation; the first epoch is not counted.
/// </param>
/// <param name="PipelineSeconds">The same batches without the model.</param>
/// <param name="ModelSeconds">The model on one batch again and again, as often as an epoch has batches.</param>
/// <param name="FirstEpochSeconds">The first epoch, which no memory of decoded images helps.</param>
/// <param name="StartSeconds">From the start of the process until it could train.</param>
/// <param name="PeakMegabytes">Peak memory of the process (2^20 bytes) after the epochs; a peer's loader processes are not counted.</param>
/// <param name="Torch">Its version of torch.</param>
internal sealed record SideResult(
    double EpochSeconds,
    double PipelineSeconds,
    double ModelSeconds,
    double FirstEpochSeconds,
    double StartSeconds,
    double PeakMegabytes,
    string Torch);

/// <summary>A document's result.</summary>
/// <param name="Document">Its number.</param>
/// <param name="Images">Training and validation images an epoch.</param>
/// <param name="Tuned">Whether the peer was tuned.</param>
/// <param name="Ours">The library.</param>
/// <param name="Peer">PyTorch; null where there is none.</param>
/// <param name="Cpu">The processor and its cores.</param>
internal sealed record DocumentBenchmark(int Document, int Images, bool Tuned, SideResult Ours, SideResult? Peer, string Cpu)
{
    /// <summary>Our epoch's seconds divided by the peer's: below 1 we are faster.</summary>
    public double? Ratio => Ours.EpochSeconds / Peer?.EpochSeconds;

    /// <summary>The peer's torch, ours where there is no peer.</summary>
    public string Torch => (Peer ?? Ours).Torch;
}
