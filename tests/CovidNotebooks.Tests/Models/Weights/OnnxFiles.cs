using System.Text;

namespace Tests.Models.Weights;

/// <summary>Writes small ONNX models field by field, after onnx.proto.</summary>
internal static class OnnxFiles
{
    public static byte[] Model((string Operator, string[] Inputs)[] nodes, (string Name, int[] Shape)[] initializers) =>
    [
        .. Number(1, 3), .. Bytes(2, "test"u8.ToArray()),
        .. Bytes(7, [
            .. nodes.SelectMany(
                node =>
                    Bytes(
                        1,
                        [
                            .. node.Inputs.SelectMany(input => Bytes(1, Encoding.UTF8.GetBytes(input))),
                            .. Bytes(4, Encoding.UTF8.GetBytes(node.Operator)),
                        ])),
            .. initializers.SelectMany(item => Bytes(5, Initializer(item.Name, item.Shape))),
        ]),
    ];

    public static byte[] Initializer(string name, int[] shape) =>
    [
        .. shape.SelectMany(size => Number(1, size)), .. Number(2, 1), .. Bytes(8, Encoding.UTF8.GetBytes(name)),
        .. Bytes(
            9,
            [
                .. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size))
                .SelectMany(i => BitConverter.GetBytes((float)i)),
            ]),
    ];

    public static byte[] Number(int field, int value) => [.. Varint((uint)(field << 3)), .. Varint((uint)value)];

    public static byte[] Bytes(int field, byte[] content) =>
    [
        .. Varint((uint)((field << 3) | 2)),
        .. Varint((uint)content.Length),
        .. content,
    ];

    private static IEnumerable<byte> Varint(uint value)
    {
        for (; value >= 128; value >>= 7)
        {
            yield return (byte)(value | 128);
        }

        yield return (byte)value;
    }
}
