using System.Text.Json;
using System.Text.Json.Serialization;

namespace CovidNotebooks.Data;

/// <summary>The catalogue of the public datasets that the documents use: <c>data/datasets.json</c>, also built into the library.</summary>
public static class Datasets
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private static readonly Lazy<IReadOnlyList<DatasetInfo>> Catalogue = new(ReadEmbedded);

    /// <summary>All entries.</summary>
    public static IReadOnlyList<DatasetInfo> All => Catalogue.Value;

    /// <summary>Document 5: chest X-rays of children, normal against pneumonia.</summary>
    public static DatasetInfo ChestXrayPneumonia => Get("chest-xray-pneumonia");

    /// <summary>Documents 2 and 3: lung CT slices.</summary>
    public static DatasetInfo CovidCt => Get("covid-ct");

    /// <summary>Document 1: 25 against 25 chest X-rays.</summary>
    public static DatasetInfo Xray25 => Get("xray-25");

    /// <summary>Document 4: COVID-19 against normal chest X-rays, a stand-in for <see cref="CovidXrayDocument4"/>.</summary>
    public static DatasetInfo CovidXray => Get("covid-xray");

    /// <summary>Document 4's own archive, which a person can download with a browser only.</summary>
    public static DatasetInfo CovidXrayDocument4 => Get("covid-xray-document-4");

    /// <summary>The entry of a name; one of its folder names does too.</summary>
    /// <exception cref="DataException">There is no such entry; the message lists all.</exception>
    public static DatasetInfo Get(string name) =>
        All.FirstOrDefault(info =>
            string.Equals(info.Name, name, StringComparison.OrdinalIgnoreCase)
                || info.Folders.Contains(name, StringComparer.OrdinalIgnoreCase))
        ?? throw new DataException(
            $"There is no dataset \"{name}\" in the catalogue. Known: {string.Join(", ", All.Select(info => info.Name))}. For a "
                + "folder of your own use ImageDataset.FromFolders.");

    /// <summary>Reads a catalogue.</summary>
    /// <param name="json">The content of a <c>datasets.json</c>.</param>
    /// <exception cref="DataException">The text is not a catalogue.</exception>
    public static IReadOnlyList<DatasetInfo> Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Document>(json, Json)?.Datasets ?? throw new DataException(
                "The catalogue is empty. Expected an object with the member \"datasets\".");
        }
        catch (JsonException exception)
        {
            throw new DataException(
                $"The catalogue cannot be read: {exception.Message} Expected the form of data/datasets.json.", exception);
        }
    }

    private static IReadOnlyList<DatasetInfo> ReadEmbedded()
    {
        using var stream = typeof(Datasets).Assembly.GetManifestResourceStream("CovidNotebooks.datasets.json")
            ?? throw new InvalidOperationException("The catalogue datasets.json is missing in the library: build it again.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    private sealed record Document(IReadOnlyList<DatasetInfo> Datasets);
}
