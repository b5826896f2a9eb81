using DataResilience.Engine.Administration;
using DataResilience.Engine.Backup;
using DataResilience.Engine.Catalog;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Restore;
using DataResilience.Engine.Retention;
using DataResilience.Engine.Verification;

namespace DataResilience.Engine.Operations;

/// <summary>Makes every operation and registers it under its request.</summary>
internal static class EngineOperations
{
    internal static IOperations Create(EngineServices services)
    {
        var opener = new RepositoryOpener(services);
        return new OperationRegistry(new Dictionary<Type, object>
        {
            [typeof(NewBackupRepositoryRequest)] = new NewBackupRepositoryOperation(services, opener),
            [typeof(GetBackupRepositoryRequest)] = new GetBackupRepositoryOperation(opener),
            [typeof(TestBackupRepositoryRequest)] = new TestBackupRepositoryOperation(services, opener),
            [typeof(OptimizeBackupRepositoryRequest)] = new OptimizeBackupRepositoryOperation(services, opener),
            [typeof(AddBackupRepositoryKeyRequest)] = new AddBackupRepositoryKeyOperation(services, opener),
            [typeof(GetBackupRepositoryKeyRequest)] = new GetBackupRepositoryKeyOperation(opener),
            [typeof(RemoveBackupRepositoryKeyRequest)] = new RemoveBackupRepositoryKeyOperation(services, opener),
            [typeof(GetDatabaseRequest)] = new GetDatabaseOperation(services),
            [typeof(BackupDatabaseRequest)] = new BackupOperation(services, opener),
            [typeof(GetDatabaseBackupRequest)] = new GetDatabaseBackupOperation(opener),
            [typeof(TestBackupIntegrityRequest)] = new TestBackupIntegrityOperation(services, opener),
            [typeof(GetRestorePlanRequest)] = new GetRestorePlanOperation(services, opener),
            [typeof(RestoreDatabaseRequest)] = new RestoreOperation(services, opener),
            [typeof(RemoveDatabaseBackupRequest)] = new RemoveDatabaseBackupOperation(services, opener),
        });
    }
}
