using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The operators that updates consist of, straight to libtorch.</summary>
internal static class Step
{
    private static readonly Operator AddOf = new("add.Tensor");
    private static readonly Operator AddInPlace = new("add_.Tensor");
    private static readonly Operator AddNumberInPlace = new("add_.Scalar");
    private static readonly Operator MultiplyInPlace = new("mul_.Scalar");
    private static readonly Operator DivideInPlace = new("div_.Scalar");
    private static readonly Operator ProductInPlace = new("addcmul_");
    private static readonly Operator ProductOf = new("addcmul");
    private static readonly Operator QuotientInPlace = new("addcdiv_");
    private static readonly Operator SquareRoot = new("sqrt");
    private static readonly Operator MaximumInto = new("maximum.out");

    /// <summary>left + factor·right.</summary>
    internal static Tensor Sum(Tensor left, Tensor right, double factor) => AddOf.Call(left, right, factor);

    /// <summary>target += factor·tensor.</summary>
    internal static void Add(Tensor target, Tensor tensor, double factor) => AddInPlace.InPlace(target, target, tensor, factor);

    internal static void AddNumber(Tensor target, double number) => AddNumberInPlace.InPlace(target, target, number, 1);

    /// <summary>target *= factor.</summary>
    internal static void Scale(Tensor target, double factor) => MultiplyInPlace.InPlace(target, target, factor);

    internal static void Divide(Tensor target, double divisor) => DivideInPlace.InPlace(target, target, divisor);

    /// <summary>target += factor·first·second.</summary>
    internal static void AddProduct(Tensor target, Tensor first, Tensor second, double factor) => ProductInPlace.InPlace(target, target, first, second, factor);

    /// <summary>tensor + factor·first·second.</summary>
    internal static Tensor WithProduct(Tensor tensor, Tensor first, Tensor second, double factor) => ProductOf.Call(tensor, first, second, factor);

    /// <summary>target += factor·first/second.</summary>
    internal static void AddQuotient(Tensor target, Tensor first, Tensor second, double factor) => QuotientInPlace.InPlace(target, target, first, second, factor);

    internal static Tensor Root(Tensor tensor) => SquareRoot.Call(tensor);

    /// <summary>target = max(target, other), element by element.</summary>
    internal static void Maximum(Tensor target, Tensor other) => MaximumInto.InPlace(target, target, other, target);
}
