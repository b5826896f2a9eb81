namespace DataResilience.Engine.Restore;

/// <summary>What a request asks to be restored, checked against itself.</summary>
internal sealed record RestoreScope(bool IncludesSchema, bool IncludesRows)
{
    /// <exception cref="DataResilienceException"><c>ArgumentInvalid</c>.</exception>
    internal static RestoreScope Of(RestoreRequest request)
    {
        if (request is { SchemaOnly: true, DataOnly: true })
        {
            throw Errors.ArgumentInvalid.Create("SchemaOnly", "together with DataOnly nothing would be left to restore");
        }

        return new RestoreScope(IncludesSchema: !request.DataOnly, IncludesRows: !request.SchemaOnly);
    }
}
