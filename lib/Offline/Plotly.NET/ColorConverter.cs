using Newtonsoft.Json;

namespace Plotly.NET;

/// <summary>Writes a <see cref="Color"/> as its value.</summary>
public class ColorConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) => objectType == typeof(Color);

    public override object ReadJson(JsonReader reader, Type t, object? existingValue, JsonSerializer serializer) =>
        throw new NotSupportedException("A colour is written to JSON, not read from it.");

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) =>
        writer.WriteRawValue(JsonConvert.SerializeObject(((Color)value!).Value));
}
