namespace CovidNotebooks.Training;

/// <summary>Which weights a model has when training is over.</summary>
public enum FinalWeights
{
    /// <summary>Those of the last epoch, unless an <see cref="EarlyStopping"/> that restores ended training.</summary>
    Last,

    /// <summary>Those of the best epoch by <see cref="TrainerOptions.BestBy"/>, as a Keras checkpoint with <c>save_best_only</c> that is loaded afterwards.</summary>
    Best,
}
