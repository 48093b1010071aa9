using CovidNotebooks.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Models;

public class ModelSummaryTests
{
    [Fact]
    public void The_text_has_the_columns_and_the_last_lines_of_Keras()
    {
        using var model = new Tiny();
        Freezing.Freeze(model.First);
        var summary = ModelSummary.Of(model, 3, 8, 8);

        // conv: 16 x 3 x 3 x 3 + 16; bn: weight, bias, running mean and variance of 16 channels, the last two not trained; out: 16 x 8 x 8
        // x 5 + 5.
        Assert.Equal(
            """
            Tiny: 5,637 parameters in 5 layers, 5,157 of them trained, 480 not.

            Model: "Tiny"
            Layer (type)       Output Shape      Param #  Trainable
            -----------------  ----------------  -------  ---------
            conv (Conv2d)      (None, 16, 8, 8)      448  no
            bn (BatchNorm2d)   (None, 16, 8, 8)       64  yes
            relu (ReLU)        (None, 16, 8, 8)        0
            flatten (Flatten)  (None, 1024)            0
            out (Linear)       (None, 5)           5,125  yes
            Total params: 5,637
            Trainable params: 5,157
            Non-trainable params: 480

            """.ReplaceLineEndings("\n"),
            summary.ToPlainText());
        Assert.Contains("<th scope=\"col\"", summary.ToHtml(), StringComparison.Ordinal);
        Assert.Contains(">Param #</th>", summary.ToHtml(), StringComparison.Ordinal);
        Assert.Contains(">Non-trainable params: 480</div>", summary.ToHtml(), StringComparison.Ordinal);
    }

    private sealed class Tiny : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv = Conv2d(3, 16, 3, padding: 1);
        private readonly BatchNorm2d bn = BatchNorm2d(16);
        private readonly ReLU relu = ReLU();
        private readonly Flatten flatten = Flatten();
        private readonly Linear @out = Linear(1024, 5);

        public Tiny()
            : base(nameof(Tiny)) => RegisterComponents();

        public Conv2d First => conv;

        public override Tensor forward(Tensor input) => @out.call(flatten.call(relu.call(bn.call(conv.call(input)))));
    }
}
