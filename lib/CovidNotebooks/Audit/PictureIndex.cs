using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CovidNotebooks.Audit;

/// <summary>
/// Finds, for each of many pictures, those that may be alike without looking at all of them: a tree over the low frequencies of their grey
/// levels.
/// </summary>
/// <remarks>
/// <para>
/// Two vectors of length 1 that correlate by c are sqrt(2 - 2c) apart, and no further in a part of their coordinates of an orthonormal
/// basis: what the index leaves out cannot correlate by the threshold, and what it gives has to be looked at. The basis is that of the
/// two-dimensional cosine transform (DCT-II, orthonormal), its 135 lowest frequencies without the mean. There a picture that is mirrored,
/// turned by quarters or made negative is the same numbers with other signs, or with rows and columns exchanged.
/// </para>
/// <para>
/// The tree halves the pictures at the median of the coordinate that varies most and keeps each half's bounds (a k-d tree; Friedman,
/// Bentley and Finkel 1977). A picture costs about 0.8 KB.
/// </para>
/// <para>
/// Pictures that are all of one kind are near each other, and no exact search gets around that: phantoms of 32 × 32 pixels have 16 times
/// the pairs that are alike when there are four times the phantoms. What is gained is the number of comparisons and their price; figures
/// are in tests/benchmarks/README.md.
/// </para>
/// </remarks>
internal sealed class PictureIndex
{
    private const int Side = FileScanner.ThumbnailSide;
    private const int Diagonals = 16;
    private const int LeafSize = 16;

    /// <summary>
    /// All ways in which a copy may lie, bit by bit: left and right, top and bottom, rows and columns exchanged, which together are the
    /// numbers of <see cref="PictureTurn"/>; negative.
    /// </summary>
    private const int Ways = 16;

    /// <summary>Squared distances that are this much beyond the limit are still given: more than float32 rounds away.</summary>
    private const float Slack = 1e-3f;

    private static readonly (int Row, int Column)[] Frequencies =
    [
        .. Enumerable.Range(1, Diagonals - 1).SelectMany(sum => Enumerable.Range(0, sum + 1).Select(row => (row, sum - row))),
    ];

    private static readonly int[] Transposed =
    [
        .. Frequencies.Select(frequency => Array.IndexOf(Frequencies, (frequency.Column, frequency.Row))),
    ];

    private static readonly float[][] Waves =
    [
        .. Enumerable.Range(0, Diagonals).Select(frequency => Enumerable.Range(0, Side).Select(place =>
            (float)(Math.Sqrt((frequency == 0 ? 1.0 : 2.0) / Side) * Math.Cos(Math.PI * (place + 0.5) * frequency / Side))).ToArray()),
    ];

    /// <summary>Coordinates of a picture, filled up with zeros to whole vectors.</summary>
    private static readonly int Length =
        (Frequencies.Length + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    /// <summary>The spectra of <see cref="Order"/>, one after the other: what is compared together lies together.</summary>
    private readonly float[] points;
    private readonly int[] order;
    private readonly List<Node> nodes = [];
    private long compared;

    /// <param name="spectra">The <see cref="Spectrum"/> of each picture; null for one that is like no other.</param>
    public PictureIndex(float[]?[] spectra)
    {
        order = [.. Enumerable.Range(0, spectra.Length).Where(i => spectra[i] is not null)];
        if (order.Length > 0)
        {
            Build(spectra, 0, order.Length);
        }

        points = new float[order.Length * Length];
        for (var place = 0; place < order.Length; place++)
        {
            spectra[order[place]]!.CopyTo(points, place * Length);
        }
    }

    /// <summary>
    /// The pictures that have a spectrum, so that alike ones are near each other: who asks in this order finds what is needed in the
    /// processor's cache.
    /// </summary>
    public IReadOnlyList<int> Order => order;

    /// <summary>How often a picture was held against another one or against the bounds of some, so far.</summary>
    public long Compared => Interlocked.Read(ref compared);

    /// <summary>The low frequencies of a picture.</summary>
    /// <param name="picture">Grey levels of 64 × 64 pixels as a <see cref="GreyVector"/>.</param>
    /// <returns>Null for a picture of equal grey levels, which correlates with nothing.</returns>
    public static float[]? Spectrum(float[] picture)
    {
        if (TensorPrimitives.SumOfSquares<float>(picture) == 0)
        {
            return null;
        }

        var rows = Waves.Select(wave =>
        {
            var sum = new float[Side];
            for (var y = 0; y < Side; y++)
            {
                TensorPrimitives.MultiplyAdd(picture.AsSpan(y * Side, Side), wave[y], sum, sum);
            }

            return sum;
        }).ToArray();
        var spectrum = new float[Length];
        for (var k = 0; k < Frequencies.Length; k++)
        {
            spectrum[k] = TensorPrimitives.Dot<float>(rows[Frequencies[k].Row], Waves[Frequencies[k].Column]);
        }

        return spectrum;
    }

    /// <summary>
    /// The pictures after one in <see cref="Order"/>, way by way, upright first, that may correlate with it as it then lies: at least by a
    /// threshold as they are, at least by another one mirrored or turned, or at most by its negative as they are, mirrored or turned.
    /// </summary>
    /// <param name="place">The picture's place in <see cref="Order"/>.</param>
    /// <param name="upright">The threshold for pictures as they are.</param>
    /// <param name="altered">The other one.</param>
    /// <returns>Pictures (not places), with the way in which the first one has to be turned.</returns>
    public IReadOnlyList<(int Other, PictureTurn Turn)> After(int place, double upright, double altered)
    {
        var found = new List<(int, PictureTurn)>();
        Span<float> asked = stackalloc float[Length];
        var looked = 0L;
        for (var way = 0; way < Ways; way++)
        {
            Turn(Point(place), way, asked);
            var limit = (float)(2 - (2 * (way == 0 ? upright : altered))) + Slack;
            Search(0, new Question(asked, limit, place, (PictureTurn)(way % PictureTurns.All.Count)), found, ref looked);
        }

        Interlocked.Add(ref compared, looked);
        return found;
    }

    private ReadOnlySpan<float> Point(int place) => points.AsSpan(place * Length, Length);

    private static void Turn(ReadOnlySpan<float> spectrum, int way, Span<float> turned)
    {
        for (var k = 0; k < Frequencies.Length; k++)
        {
            var (row, column) = Frequencies[k];
            var flips = (way & column & 1) + ((way >> 1) & row & 1) + (way >> 3);
            var value = spectrum[(way & 4) == 0 ? k : Transposed[k]];
            turned[k] = (flips & 1) == 0 ? value : -value;
        }
    }

    private int Build(float[]?[] spectra, int from, int to)
    {
        var (least, most) = (new float[Length], new float[Length]);
        spectra[order[from]]!.CopyTo(least, 0);
        spectra[order[from]]!.CopyTo(most, 0);
        var (sum, squares) = (new float[Length], new float[Length]);
        foreach (var i in order.AsSpan(from, to - from))
        {
            TensorPrimitives.Min<float>(least, spectra[i], least);
            TensorPrimitives.Max<float>(most, spectra[i], most);
            TensorPrimitives.Add<float>(sum, spectra[i], sum);
            TensorPrimitives.MultiplyAdd<float>(spectra[i], spectra[i], squares, squares);
        }

        var node = nodes.Count;
        nodes.Add(new Node(from, to, -1, least, most));
        if (to - from > LeafSize)
        {
            var widest = Enumerable.Range(0, Frequencies.Length).MaxBy(k => squares[k] - (sum[k] * sum[k] / (to - from)));
            var keys = order.AsSpan(from, to - from).ToArray().Select(i => spectra[i]![widest]).ToArray();
            keys.AsSpan().Sort(order.AsSpan(from, to - from));
            Build(spectra, from, (from + to) / 2);
            nodes[node] = nodes[node] with { Second = Build(spectra, (from + to) / 2, to) };
        }

        return node;
    }

    private void Search(int index, Question question, List<(int, PictureTurn)> found, ref long looked)
    {
        var node = nodes[index];
        if (node.To <= question.Place + 1)
        {
            return;
        }

        looked++;
        if (IsBeyond(question.Point, node.Least, node.Most, question.Limit))
        {
            return;
        }

        if (node.Second >= 0)
        {
            Search(index + 1, question, found, ref looked);
            Search(node.Second, question, found, ref looked);
            return;
        }

        for (var place = Math.Max(node.From, question.Place + 1); place < node.To; place++)
        {
            looked++;
            var point = Point(place);
            if (!IsBeyond(question.Point, point, point, question.Limit))
            {
                found.Add((order[place], question.Turn));
            }
        }
    }

    /// <summary>Whether a point is further away from a box than the root of the limit.</summary>
    private static bool IsBeyond(ReadOnlySpan<float> point, ReadOnlySpan<float> least, ReadOnlySpan<float> most, float limit)
    {
        var p = Vectors(point);
        var low = Vectors(least);
        var high = Vectors(most);
        var squares = Vector256<float>.Zero;
        for (var i = 0; i < p.Length; i++)
        {
            var outside = Vector256.Max(Vector256.Max(low[i] - p[i], p[i] - high[i]), Vector256<float>.Zero);
            squares += outside * outside;
            if (Vector256.Sum(squares) > limit)
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<Vector256<float>> Vectors(ReadOnlySpan<float> values) =>
        MemoryMarshal.Cast<float, Vector256<float>>(values);

    /// <summary>What the tree is asked: a picture as it lies when turned, and the squared distance up to which others count.</summary>
    private readonly ref struct Question(ReadOnlySpan<float> point, float limit, int place, PictureTurn turn)
    {
        public readonly ReadOnlySpan<float> Point = point;
        public readonly float Limit = limit;
        public readonly int Place = place;
        public readonly PictureTurn Turn = turn;
    }

    /// <summary>Pictures of the order and their bounds; the first half's node is the next one, leaves have no second half.</summary>
    private readonly record struct Node(int From, int To, int Second, float[] Least, float[] Most);
}
