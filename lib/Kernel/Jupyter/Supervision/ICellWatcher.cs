using CovidNotebooks.Kernel.Jupyter.Wire;

namespace CovidNotebooks.Kernel.Jupyter.Supervision;

/// <summary>Is told what would be lost if the process died now.</summary>
internal interface ICellWatcher
{
    /// <summary>A cell starts.</summary>
    void Started(JupyterMessage request, int number);

    /// <summary>A sentence that says how the cell's work is found again.</summary>
    void Noted(string text);

    /// <summary>The cell has ended.</summary>
    void Ended();

    /// <summary>The process ends because it was asked to.</summary>
    void ShuttingDown();
}
