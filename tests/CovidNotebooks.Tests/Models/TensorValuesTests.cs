using CovidNotebooks.Models;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class TensorValuesTests
{
    [Fact]
    public void Numbers_come_row_by_row_from_any_layout_and_an_empty_tensor_has_none()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 3, 1, 4, 2, 5], TensorValues.Read(arange(6, dtype: ScalarType.Float32).reshape(2, 3).t()));
        Assert.Equal([1.5], TensorValues.Read(tensor(1.5f, requires_grad: true)));
        Assert.Equal([7], TensorValues.Read(tensor(7L)));
        foreach (var empty in new[] { zeros(0), zeros(0, 3), zeros(2, 0, dtype: ScalarType.Int64) })
        {
            Assert.Empty(TensorValues.Read(empty));
        }
    }
}
