using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Probes;

/// <summary>What a probe reads of each image of a dataset, in the dataset's order; the files that cannot be read are apart.</summary>
internal sealed record ProbeImages<T>(IReadOnlyList<LabeledImage> Images, IReadOnlyList<T> Values, IReadOnlyList<BadImageException> Bad)
    where T : class
{
    public static ProbeImages<T> Read(ImageDataset dataset, ProbeOptions options, Func<ImageFileReader, string, T> read)
    {
        var reader = new ImageFileReader(options.Limits);
        var values = new T?[dataset.Count];
        var bad = new BadImageException?[dataset.Count];
        Parallel.For(0, dataset.Count, i =>
        {
            try
            {
                values[i] = read(reader, dataset.FullPath(dataset.Images[i]));
            }
            catch (BadImageException exception)
            {
                bad[i] = exception;
            }
        });
        if (options.BadImages == BadImagePolicy.Fail && Array.Find(bad, exception => exception is not null) is { } first)
        {
            throw first;
        }

        return new ProbeImages<T>([.. dataset.Images.Where((_, i) => values[i] is not null)], [.. values.OfType<T>()], [.. bad.OfType<BadImageException>()]);
    }
}
