namespace CovidNotebooks.Recording;

/// <summary>A property that changes the time or a file's place, never a number: it is not among the settings of a run.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotRecordedAttribute : Attribute;

/// <summary>A property that is recorded where it is set, and is no setting where it is null: what most trainings do without.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RecordedWhenSetAttribute : Attribute;
