using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>One case of a file that tests/golden-torch/make.py wrote: a public method, its arguments, what PyTorch gave.</summary>
internal sealed class GoldenOperator(JsonElement json)
{
    private const double RelativeTolerance = 1e-9;
    private const double HalfTolerance = 1e-2;
    private const double SingleTolerance = 2e-6;

    private string Method { get; } = json.GetProperty("method").GetString()!;

    private string Of { get; } = json.TryGetProperty("of", out var of) ? of.GetString()! : "tensor";

    private double Tolerance { get; } = json.TryGetProperty("tolerance", out var tolerance) ? tolerance.GetDouble() : RelativeTolerance;

    public override string ToString() => $"{Of} {Method}({string.Join(", ", json.GetProperty("args").EnumerateArray().Select(arg => arg.EnumerateObject().First().Name))})";

    /// <summary>Calls the method as make.py did, and where a tensor's method has a static twin in torch that takes the same, that too.</summary>
    internal void Check()
    {
        Check(Of);
        if (Of == "tensor" && Method is not ("where" or "take_along_dim") && Resolve(typeof(torch), Method, Arguments().Args, isStatic: true) is not null)
        {
            Check("torch");
        }
    }

    private void Check(string of)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var (args, leaves) = Arguments();
        var result = Invoke(of, args);
        var outputs = Flattened(result).ToList();
        var expected = json.GetProperty("outputs").EnumerateArray().ToList();
        Assert.Equal(expected.Count, outputs.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Compare(expected[i], outputs[i], $"{this} of {of}, output {i}");
        }

        if (json.TryGetProperty("gradients", out var gradients))
        {
            CheckGradients([.. gradients.EnumerateArray()], leaves, [.. outputs.OfType<Tensor>().Where(output => output.requires_grad)], of);
        }
    }

    private void CheckGradients(List<JsonElement> expected, List<Tensor> leaves, List<Tensor> outputs, string of)
    {
        var weights = outputs.Select(output => arange(output.numel(), float64).cos().to(output.dtype).reshape(output.shape)).ToList();
        var gradients = autograd.grad(outputs, leaves, weights, allow_unused: true);
        Assert.Equal(expected.Count, gradients.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            if (expected[i].ValueKind == JsonValueKind.Null)
            {
                Assert.Null(gradients[i]);
            }
            else
            {
                Compare(expected[i], gradients[i], $"{this} of {of}, gradient {i}");
            }
        }
    }

    private object? Invoke(string of, List<(string Tag, object? Value)> args)
    {
        var owner = of == "torch" ? typeof(torch) : typeof(Tensor);
        if (of == "property")
        {
            return owner.GetProperty(Method)!.GetValue(args[0].Value);
        }

        var isStatic = of is "torch" or "operator";
        var method = Resolve(owner, Method, isStatic ? args : args[1..], isStatic);
        Assert.True(method is not null, $"{this}: there is no such method of {of}.");
        var values = args.Skip(isStatic ? 0 : 1).Select(arg => arg.Value).ToList();
        var parameters = method.GetParameters();
        values.AddRange(parameters.Skip(values.Count).Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : null));
        try
        {
            return method.Invoke(isStatic ? null : args[0].Value, [.. values]);
        }
        catch (TargetInvocationException wrapped)
        {
            throw new InvalidOperationException($"{this} of {of}: {wrapped.InnerException!.Message}", wrapped.InnerException);
        }
    }

    private static MethodInfo? Resolve(Type owner, string name, List<(string Tag, object? Value)> args, bool isStatic) =>
        owner.GetMethods(BindingFlags.Public | BindingFlags.DeclaredOnly | (isStatic ? BindingFlags.Static : BindingFlags.Instance))
            .Where(method => method.Name == name && Takes(method.GetParameters(), args))
            .OrderBy(method => method.GetParameters().Length)
            .ThenByDescending(method => method.GetParameters().LastOrDefault()?.IsOptional == true)
            .FirstOrDefault();

    private static bool Takes(ParameterInfo[] parameters, List<(string Tag, object? Value)> args) =>
        parameters.Length >= args.Count
        && parameters.Skip(args.Count).All(parameter => parameter.IsOptional)
        && args.Zip(parameters, (arg, parameter) => Takes(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, arg)).All(fits => fits);

    private static bool Takes(Type type, (string Tag, object? Value) arg) => arg.Tag switch
    {
        "tensor" => type == typeof(Tensor),
        "tensors" => type == typeof(Tensor[]) || type == typeof(IList<Tensor>) || type == typeof(IEnumerable<Tensor>),
        "none" => type.Name == (string)arg.Value! || arg.Value is null,
        _ => type == arg.Value!.GetType(),
    };

    private (List<(string Tag, object? Value)> Args, List<Tensor> Leaves) Arguments()
    {
        var leaves = new List<Tensor>();
        var wantsGradients = json.TryGetProperty("gradients", out _);
        var args = new List<(string, object?)>();
        foreach (var item in json.GetProperty("args").EnumerateArray().Select(arg => arg.EnumerateObject().First()))
        {
            var value = Argument(item.Name, item.Value);
            if (value is Tensor tensor)
            {
                if (wantsGradients && tensor.is_floating_point())
                {
                    leaves.Add(tensor.requires_grad_());
                }

                if (args.Count == 0 && Method.EndsWith('_') && Of == "tensor")
                {
                    value = tensor.clone();
                }
            }

            args.Add((item.Name, value));
        }

        return (args, leaves);
    }

    private static object? Argument(string tag, JsonElement value) => tag switch
    {
        "tensor" => ToTensor(value),
        "tensors" => value.EnumerateArray().Select(ToTensor).ToArray(),
        "scalar" => value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => (Scalar)value.GetBoolean(),
            _ => value.GetRawText().Contains('.', StringComparison.Ordinal) ? (Scalar)value.GetDouble() : (Scalar)value.GetInt64(),
        },
        "long" => value.GetInt64(),
        "longs" => value.EnumerateArray().Select(item => item.GetInt64()).ToArray(),
        "int" => value.GetInt32(),
        "double" => value.GetDouble(),
        "float" => value.GetSingle(),
        "bool" => value.GetBoolean(),
        "string" => value.GetString(),
        "type" => Enum.Parse<ScalarType>(value.GetString()!),
        "rounding" => Enum.Parse<RoundingMode>(value.GetString()!),
        "none" => null,
        "index" => value.EnumerateArray().Select(item => Index(item.EnumerateObject().First())).ToArray(),
        _ => throw new InvalidDataException($"The golden file holds an argument of kind {tag}."),
    };

    private static TensorIndex Index(JsonProperty index) => index.Name switch
    {
        "at" => index.Value.GetInt64(),
        "slice" => TensorIndex.Slice(NumberOrNull(index.Value[0]), NumberOrNull(index.Value[1]), NumberOrNull(index.Value[2])),
        "rest" => TensorIndex.Ellipsis,
        "new" => TensorIndex.None,
        "flag" => TensorIndex.Bool(index.Value.GetBoolean()),
        "positions" => TensorIndex.Tensor(ToTensor(index.Value)),
        _ => throw new InvalidDataException($"The golden file holds an index of kind {index.Name}."),
    };

    private static long? NumberOrNull(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt64();

    private static Tensor ToTensor(JsonElement golden)
    {
        var type = Enum.Parse<ScalarType>(golden.GetProperty("type").GetString()!);
        var shape = golden.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var values = golden.GetProperty("values");
        return type switch
        {
            ScalarType.Bool => tensor(values.EnumerateArray().Select(value => value.GetBoolean()).ToArray(), shape),
            _ when is_integral(type) => tensor(values.EnumerateArray().Select(value => value.GetInt64()).ToArray(), shape, dtype: type),
            _ when is_complex(type) => tensor(values.EnumerateArray().Select(value => new Complex(Number(value[0]), Number(value[1]))).ToArray(), shape, dtype: type),
            _ => tensor(values.EnumerateArray().Select(Number).ToArray(), shape, dtype: type),
        };
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!.Replace("inf", "Infinity", StringComparison.Ordinal).Replace("nan", "NaN", StringComparison.Ordinal), CultureInfo.InvariantCulture) : value.GetDouble();

    private static IEnumerable<object> Flattened(object? result) => result switch
    {
        null => [],
        Tensor single => [single],
        IEnumerable<Tensor> many => many,
        System.Runtime.CompilerServices.ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => tuple[i]!).Where(item => item is not null),
        IEnumerable other and not string => other.Cast<object>(),
        _ => [result],
    };

    private void Compare(JsonElement expected, object actual, string what)
    {
        if (expected.ValueKind != JsonValueKind.Object)
        {
            Assert.Equal(expected.ToString(), actual.ToString());
            return;
        }

        var got = (Tensor)actual;
        using var wanted = ToTensor(expected);
        Assert.True(wanted.dtype == got.dtype, $"{what}: type {got.dtype}, expected {wanted.dtype}.");
        Assert.True(wanted.shape.SequenceEqual(got.shape), $"{what}: shape [{string.Join(", ", got.shape)}], expected [{string.Join(", ", wanted.shape)}].");
        var tolerance = wanted.dtype switch
        {
            ScalarType.Float32 or ScalarType.ComplexFloat32 => Math.Max(Tolerance, SingleTolerance),
            ScalarType.Float16 or ScalarType.BFloat16 => HalfTolerance,
            _ => Tolerance,
        };
        var (numbers, truth) = (Numbers(got), Numbers(wanted));
        for (var i = 0; i < truth.Length; i++)
        {
            var equal = truth[i].Equals(numbers[i]) || Complex.Abs(truth[i] - numbers[i]) <= tolerance * Math.Max(1, Complex.Abs(truth[i]));
            Assert.True(equal, $"{what}: element {i} is {numbers[i]}, expected {truth[i]}.");
        }
    }

    private static Complex[] Numbers(Tensor tensor)
    {
        using var numbers = tensor.detach().resolve_conj().to(ScalarType.ComplexFloat64).DetachFromDisposeScope();
        return numbers.data<Complex>().ToArray();
    }
}
