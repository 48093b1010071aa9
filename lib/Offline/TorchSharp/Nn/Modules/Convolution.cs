using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all convolutions share: geometry, weight and bias, and their first values.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (groups <= 0 || in_channels % groups != 0)
        {
            throw new ArgumentException($"in_channels must be divisible by groups, got in_channels={in_channels} and groups={groups}", nameof(groups));
        }

        if (out_channels % groups != 0)
        {
            throw new ArgumentException($"out_channels must be divisible by groups, got out_channels={out_channels} and groups={groups}", nameof(groups));
        }

        if (padding_type is Padding.Same && stride.Any(step => step != 1))
        {
            throw new ArgumentException("padding=Same is not supported for strided convolutions.", nameof(stride));
        }

        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.padding_type = padding_type;
        this.dilation = dilation;
        this.groups = groups;
        this.padding_mode = padding_mode;
        Own(nameof(weight), NewParameter([out_channels, in_channels / groups, .. kernel_size], dtype, device));
        if (bias)
        {
            Own(nameof(bias), NewParameter([out_channels], dtype, device));
        }

        reset_parameters();
    }

    public Parameter weight
    {
        get => Registered(nameof(weight))!;
        set => Own(nameof(weight), value ?? throw new ArgumentNullException(nameof(value)));
    }

    public Parameter? bias
    {
        get => Registered(nameof(bias));
        set => Own(nameof(bias), value);
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[]? padding { get; private set; }

    public Padding? padding_type { get; private set; }

    public long[] dilation { get; set; }

    public long groups { get; set; }

    public PaddingModes padding_mode { get; set; }

    public void SetPadding(long[] padding)
    {
        this.padding = padding;
        padding_type = null;
    }

    public void SetPadding(Padding padding)
    {
        padding_type = padding;
        this.padding = null;
    }

    /// <summary>Weight uniform within 1/√fan_in (Kaiming with a = √5), then bias uniform within 1/√fan_in: the order in which PyTorch draws.</summary>
    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is { } values)
        {
            var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
            if (fanIn > 0)
            {
                var bound = 1 / Math.Sqrt(fanIn);
                nn.init.uniform_(values, -bound, bound);
            }
        }
    }

    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels)
            || (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }

    /// <summary>Before and after, last dimension first, as <c>pad</c> wants it; "same" puts what is odd behind.</summary>
    private protected long[] PaddingAround()
    {
        var around = new long[2 * kernel_size.Length];
        for (var i = 0; i < kernel_size.Length; i++)
        {
            var last = kernel_size.Length - 1 - i;
            if (padding_type is Padding.Same)
            {
                var total = dilation[last] * (kernel_size[last] - 1);
                (around[2 * i], around[(2 * i) + 1]) = (total / 2, total - (total / 2));
            }
            else
            {
                var side = padding?[last] ?? 0;
                (around[2 * i], around[(2 * i) + 1]) = (side, side);
            }
        }

        return around;
    }
}
