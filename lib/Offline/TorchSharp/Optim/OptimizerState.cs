using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter. Its tensors belong to no dispose scope.</summary>
public abstract class OptimizerState
{
    protected OptimizerState(Parameter parameter)
    {
        Parameter = parameter;
    }

    private protected Parameter Parameter { get; }

    public virtual void Initialize(OptimizerOptions options)
    {
    }

    public abstract void to(Device device);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    public abstract void SaveStateDict(BinaryWriter writer);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
    {
        var record = reader.ReadBoolean() ? TensorRecord.Read(reader) : null;
        result?.Dispose();
        result = null;
        if (record is not null)
        {
            using var tensor = record.ToTensor();
            result = tensor.to(device).DetachFromDisposeScope();
        }
    }

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null)
        {
            TensorRecord.Write(writer, tensor);
        }
    }

    internal abstract OptimizerState Blank();

    internal abstract void DisposeTensors();

    /// <summary>Throws where the tensors of <paramref name="source"/> do not fit the parameter.</summary>
    internal abstract void MustTake(OptimizerState source);

    /// <summary>Zeros with the shape, strides, type and device of the parameter.</summary>
    private protected Tensor Zeros()
    {
        using var _ = no_grad();
        return zeros_like(Parameter).DetachFromDisposeScope();
    }

    /// <summary>Replaces a tensor by its copy of another state's, which must have the parameter's shape.</summary>
    private protected void Take(ref Tensor? mine, Tensor? source)
    {
        MustFit(source);
        if (ReferenceEquals(mine, source))
        {
            return;
        }

        using var _ = no_grad();
        Tensor? copy = null;
        if (source is not null)
        {
            copy = Zeros();
            copy.copy_(source);
        }

        mine?.Dispose();
        mine = copy;
    }

    private protected void MustFit(Tensor? source)
    {
        if (source is not null && !source.shape.SequenceEqual(Parameter.shape))
        {
            throw new ArgumentException($"Invalid optimizer state -- a state of shape [{string.Join(", ", source.shape)}] does not belong to a parameter of shape [{string.Join(", ", Parameter.shape)}].");
        }
    }

    private protected static void Move(ref Tensor? tensor, Device device)
    {
        if (tensor is null || (tensor.device_type == device.type && (device.index < 0 || tensor.device_index == device.index)))
        {
            return;
        }

        using var before = tensor;
        tensor = before.to(device).DetachFromDisposeScope();
    }

    private protected static bool Close(Tensor? left, Tensor? right)
        => left is null || right is null ? left is null && right is null : left.allclose(right);

    private protected static T Same<T>(OptimizerState source)
        where T : OptimizerState
        => source as T ?? throw new ArgumentException($"Invalid optimizer state -- expected a state of {typeof(T).DeclaringType?.Name}, but found one of {source.GetType().DeclaringType?.Name}.");
}
