using DataResilience.Engine.Keys;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Administration;

/// <summary>Turns a slot into what users see.</summary>
internal static class KeyResult
{
    internal static BackupRepositoryKey Of(KeyringSlot slot, string name, OpenedRepository repository) => new()
    {
        KeyId = slot.Id.ToString(),
        Name = name,
        Roles = slot.Roles,
        Protection = slot.Protection,
        Created = slot.Created.LocalDateTime,
        IsCurrent = slot.Id == repository.Keys.SlotId,
        Repository = RepositorySummary.New(repository.Location, repository.Keys),
    };
}
