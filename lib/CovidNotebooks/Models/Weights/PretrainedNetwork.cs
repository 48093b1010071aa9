namespace CovidNotebooks.Models.Weights;

/// <summary>A network that others trained on ImageNet.</summary>
public enum PretrainedNetwork
{
    /// <summary>VGG16: document 1's.</summary>
    Vgg16,

    /// <summary>VGG19 with batch normalisation: document 3's.</summary>
    Vgg19BatchNorm,

    /// <summary>ResNet50: document 4's.</summary>
    ResNet50,

    /// <summary>CNTK's ResNet18, which a NuGet package carries: it stands in for the others.</summary>
    ResNet18,
}

/// <summary>In which framework's form weights are kept.</summary>
public enum WeightsForm
{
    /// <summary>torchvision: a PyTorch file of a state dict.</summary>
    Torchvision,

    /// <summary>Keras: an HDF5 file of layers, without the top.</summary>
    Keras,

    /// <summary>ONNX: CNTK's export.</summary>
    Onnx,
}
