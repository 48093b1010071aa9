using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules that run one after the other. What a module gives is freed as soon as the next one has used it.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> _steps = [];

    protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
        {
            append(name, module);
        }
    }

    protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules)
        {
            append(module);
        }
    }

    public int Count => _steps.Count;

    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => _steps[index].Module;

    [IndexerName("SequentialItems")]
    public Sequential this[Range index]
    {
        get
        {
            var (start, length) = index.GetOffsetAndLength(_steps.Count);
            return Slice(start, start + length);
        }
    }

    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index]
    {
        get
        {
            var start = FromEnd(index.start ?? 0);
            var end = FromEnd(index.end ?? _steps.Count);
            return start < 0 || end > _steps.Count || start > end
                ? throw new ArgumentOutOfRangeException(nameof(index), $"There is no range {index.start}..{index.end} in a Sequential of {_steps.Count} modules.")
                : Slice(start, end);
        }
    }

    public Sequential append(nn.IModule<Tensor, Tensor> module)
        => append(_steps.Count.ToString(CultureInfo.InvariantCulture), module);

    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        ArgumentNullException.ThrowIfNull(module);
        register_module(name, (nn.Module)module);
        _steps.Add((name, module));
        return this;
    }

    public override Tensor forward(Tensor tensor)
    {
        if (_steps.Count == 0)
        {
            return tensor.alias();
        }

        var current = tensor;
        foreach (var (_, module) in _steps)
        {
            var next = module.call(current);
            if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next))
            {
                current.Dispose();
            }

            current = next;
        }

        return current;
    }

    private int FromEnd(int index) => index < 0 ? _steps.Count + index : index;

    private Sequential Slice(int start, int end)
    {
        var slice = new Sequential(Array.Empty<nn.Module<Tensor, Tensor>>());
        foreach (var (name, module) in _steps[start..end])
        {
            slice.append(name, module);
        }

        return slice;
    }
}
