using CovidNotebooks.Data;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>A batch where the model is.</summary>
internal static class BatchOnDevice
{
    /// <summary>Where a model's parameters are; the CPU for a model without any.</summary>
    public static Device WhereIs(nn.Module<Tensor, Tensor> model) => model.parameters().FirstOrDefault()?.device ?? CPU;

    /// <summary>Images and labels on a device; the batch's own tensors when that is the CPU.</summary>
    public static (Tensor Images, Tensor Labels) Of(Batch batch, Device? device) =>
        device is null || device.type == TorchSharp.DeviceType.CPU ? (batch.Images, batch.Labels)
        : (batch.Images.to(device), batch.Labels.to(device));
}
