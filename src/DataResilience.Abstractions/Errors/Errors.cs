using System.Collections.ObjectModel;

namespace DataResilience;

/// <summary>The one catalogue of errors. docs/errors.md is generated from it.</summary>
public static class Errors
{
    private static readonly List<ErrorDefinition> Entries = [];

    /// <summary>Every entry, in the order of the catalogue.</summary>
    public static ReadOnlyCollection<ErrorDefinition> All => Entries.AsReadOnly();

#pragma warning disable CS1591 // Each entry says what it is in its message and its recommended action; docs/errors.md prints both.

    public static ErrorDefinition EndpointInvalid { get; } = Add(nameof(EndpointInvalid), ErrorKind.Usage,
        "'{0}' is not a database endpoint: {1}.",
        "Write it as a URI: sqlite:path/to/file.db, postgresql://user@host:5432/database, mysql://user@host/database or mariadb://user@host/database.");

    public static ErrorDefinition PasswordInUri { get; } = Add(nameof(PasswordInUri), ErrorKind.Usage,
        "The endpoint '{0}' holds a password.",
        "Remove it from the URI and give it by -Credential, a .pgpass or ~/.my.cnf file, or the variable PGPASSWORD or MYSQL_PWD.");

    public static ErrorDefinition EngineUnsupported { get; } = Add(nameof(EngineUnsupported), ErrorKind.Unsupported,
        "This build has no provider for the engine of '{0}'.",
        "Use an engine that the README lists as working today.");

    public static ErrorDefinition ArgumentInvalid { get; } = Add(nameof(ArgumentInvalid), ErrorKind.Usage,
        "The value of {0} cannot be used: {1}.",
        "Correct the value; the help of the command shows what it takes.");

    public static ErrorDefinition ConfirmationRequired { get; } = Add(nameof(ConfirmationRequired), ErrorKind.Usage,
        "'{0}' asks before it changes anything, and nobody is there to answer.",
        "Give the answer beforehand: -Confirm:$false in PowerShell, --yes on a command line.");

    public static ErrorDefinition SourceRequired { get; } = Add(nameof(SourceRequired), ErrorKind.Usage,
        "No source database was given.",
        "Give it by -Source (an endpoint URI or an object from Get-Database), or by -Engine and -Database.");

    public static ErrorDefinition TargetRequired { get; } = Add(nameof(TargetRequired), ErrorKind.Usage,
        "No target was given for the restore of '{0}'.",
        "Give it by -Target or -TargetDatabase. The place a backup came from is never taken as the target by itself.");

    public static ErrorDefinition DuplicateTarget { get; } = Add(nameof(DuplicateTarget), ErrorKind.Usage,
        "The target '{0}' would be written a second time by the same call.",
        "Give every backup a target of its own, for example -TargetDatabase { \"$($_.Database)_copy\" }.");

    public static ErrorDefinition RepositoryRequired { get; } = Add(nameof(RepositoryRequired), ErrorKind.Usage,
        "No backup repository was given.",
        "Give it by -Repository or by the variable DATARESILIENCE_REPOSITORY.");

    public static ErrorDefinition KeyRequired { get; } = Add(nameof(KeyRequired), ErrorKind.Denied,
        "No key was given for the repository '{0}'.",
        "Give -Passphrase or -KeyFile, or set DATARESILIENCE_KEY_FILE or DATARESILIENCE_PASSPHRASE_FILE. An opened key does not travel into another process: give it there.");

    public static ErrorDefinition KeyRejected { get; } = Add(nameof(KeyRejected), ErrorKind.Denied,
        "The key does not open the repository '{0}'.",
        "Check the passphrase or the key file. Get-BackupRepositoryKey, run with a key that works, lists the keys there are.");

    public static ErrorDefinition KeyFileInvalid { get; } = Add(nameof(KeyFileInvalid), ErrorKind.Usage,
        "'{0}' is not a usable key file: {1}.",
        "Give a key file that New-BackupRepository or Add-BackupRepositoryKey made, readable by you alone.");

    public static ErrorDefinition PassphraseTooShort { get; } = Add(nameof(PassphraseTooShort), ErrorKind.Usage,
        "The new passphrase for '{0}' is shorter than 12 characters.",
        "Choose a passphrase of at least 12 characters, or use a key file.");

    public static ErrorDefinition RoleRequired { get; } = Add(nameof(RoleRequired), ErrorKind.Denied,
        "The key '{0}' may not do this: the role {1} is needed.",
        "Use a key that has the role, or let an Admin add one with Add-BackupRepositoryKey.");

    public static ErrorDefinition KeyNotFound { get; } = Add(nameof(KeyNotFound), ErrorKind.NothingMatched,
        "No key '{0}' is in the repository '{1}'.",
        "Get-BackupRepositoryKey lists the keys there are.");

    public static ErrorDefinition LastAdminKey { get; } = Add(nameof(LastAdminKey), ErrorKind.Conflict,
        "'{0}' is the last key with the role Admin.",
        "Add another key with the role Admin first: without one the repository could never be administered again.");

    public static ErrorDefinition KeyringChanged { get; } = Add(nameof(KeyringChanged), ErrorKind.Busy,
        "Another change of the keys of '{0}' was made at the same time.",
        "Run the command again.");

    public static ErrorDefinition RepositoryNotFound { get; } = Add(nameof(RepositoryNotFound), ErrorKind.Unavailable,
        "There is no backup repository at '{0}'.",
        "Check the location, or make a repository there with New-BackupRepository.");

    public static ErrorDefinition RepositoryExists { get; } = Add(nameof(RepositoryExists), ErrorKind.Conflict,
        "There is a backup repository at '{0}' already.",
        "Choose another location; an existing repository is never overwritten.");

    public static ErrorDefinition RepositoryLocationNotEmpty { get; } = Add(nameof(RepositoryLocationNotEmpty), ErrorKind.Conflict,
        "'{0}' is not empty and is not a backup repository.",
        "Choose an empty or a new location.");

    public static ErrorDefinition RepositoryUnsupported { get; } = Add(nameof(RepositoryUnsupported), ErrorKind.Unsupported,
        "'{0}' needs a newer version: {1}.",
        "Update this module on every host that uses the repository.");

    public static ErrorDefinition RepositoryIdentityChanged { get; } = Add(nameof(RepositoryIdentityChanged), ErrorKind.Damaged,
        "The repository at '{0}' is not the one that was seen there before: its fingerprint is {1}, expected was {2}.",
        "If you replaced it on purpose, pass the new fingerprint with -Fingerprint once. Otherwise somebody else did: do not use it.");

    public static ErrorDefinition RepositoryRolledBack { get; } = Add(nameof(RepositoryRolledBack), ErrorKind.Damaged,
        "The repository at '{0}' went back: {1}.",
        "Find out who restored or changed the store. If it was you, on purpose, pass -AcceptRollback once.");

    public static ErrorDefinition StoreUnreachable { get; } = Add(nameof(StoreUnreachable), ErrorKind.Unavailable,
        "The object store '{0}' cannot be used: {1}.",
        "Check that the location exists, is mounted, and that you may use it.");

    public static ErrorDefinition StoreUnwritable { get; } = Add(nameof(StoreUnwritable), ErrorKind.Denied,
        "The object store '{0}' cannot be written: {1}.",
        "Give the account that runs this the right to create files and directories there.");

    public static ErrorDefinition StoreFull { get; } = Add(nameof(StoreFull), ErrorKind.Exhausted,
        "The object store '{0}' is full.",
        "Free or add space and run the command again: what was stored already is used again.");

    public static ErrorDefinition ObjectMissing { get; } = Add(nameof(ObjectMissing), ErrorKind.Damaged,
        "The object '{0}' is missing in the repository '{1}'.",
        "Run Test-BackupIntegrity to learn which backups and tables it costs.");

    public static ErrorDefinition ObjectDamaged { get; } = Add(nameof(ObjectDamaged), ErrorKind.Damaged,
        "The object '{0}' is damaged: {1}.",
        "Run Test-BackupIntegrity to learn which backups and tables it costs.");

    public static ErrorDefinition ObjectUnsupported { get; } = Add(nameof(ObjectUnsupported), ErrorKind.Unsupported,
        "The object '{0}' was written by a newer version: {1}.",
        "Update this module. Nothing of the object was read or changed.");

    public static ErrorDefinition BackupInProgress { get; } = Add(nameof(BackupInProgress), ErrorKind.Busy,
        "A backup of '{0}' is running already: {1}.",
        "Wait for it to end. The lock of a run that was killed on another host lapses by itself after 15 minutes.");

    public static ErrorDefinition LockLapsed { get; } = Add(nameof(LockLapsed), ErrorKind.Busy,
        "The lock of the backup '{0}' lapsed before the backup was complete.",
        "Run the backup again: what was stored already is used again. Look for a host that was suspended or a store that was unreachable for long.");

    public static ErrorDefinition SourceNotFound { get; } = Add(nameof(SourceNotFound), ErrorKind.Unavailable,
        "There is no database at '{0}'.",
        "Check the name or the path.");

    public static ErrorDefinition SourceUnreadable { get; } = Add(nameof(SourceUnreadable), ErrorKind.Unavailable,
        "The database '{0}' cannot be read: {1}.",
        "Check the path and your rights on it.");

    public static ErrorDefinition NotADatabase { get; } = Add(nameof(NotADatabase), ErrorKind.Unavailable,
        "'{0}' is not a SQLite database, or it is encrypted.",
        "Check the path. A database encrypted by another tool has to be opened by that tool.");

    public static ErrorDefinition DatabaseDamaged { get; } = Add(nameof(DatabaseDamaged), ErrorKind.Failed,
        "The database '{0}' is damaged: {1}.",
        "Do not write to it. Restore the last good backup, beside it first.");

    public static ErrorDefinition DatabaseLocked { get; } = Add(nameof(DatabaseLocked), ErrorKind.Unavailable,
        "The database '{0}' stayed locked by another program for {1} seconds.",
        "Find the program that holds it in an exclusive transaction, or allow more time with -LockTimeout.");

    public static ErrorDefinition FeatureUnsupported { get; } = Add(nameof(FeatureUnsupported), ErrorKind.Unsupported,
        "'{0}' cannot be handled: {1}.",
        "Exclude it with -ExcludeTable, or update this module.");

    public static ErrorDefinition ServerUnreachable { get; } = Add(nameof(ServerUnreachable), ErrorKind.Unavailable,
        "The server of '{0}' cannot be reached: {1}.",
        "Check host and port, that the server runs, and that no firewall is in between.");

    public static ErrorDefinition ServerRefused { get; } = Add(nameof(ServerRefused), ErrorKind.Failed,
        "The server of '{0}' refused: {1}.",
        "The server's own message says why; its documentation explains the code.");

    public static ErrorDefinition ServerUnsupported { get; } = Add(nameof(ServerUnsupported), ErrorKind.Unsupported,
        "The server of '{0}' is of version {1}; versions {2} work.",
        "Update the server, or use a version of this module that supports it.");

    public static ErrorDefinition ConnectionLost { get; } = Add(nameof(ConnectionLost), ErrorKind.Unavailable,
        "The connection to '{0}' was lost: {1}.",
        "Look into the server's log, then run the command again: what was stored already is used again.");

    public static ErrorDefinition ConnectionsExhausted { get; } = Add(nameof(ConnectionsExhausted), ErrorKind.Exhausted,
        "The server of '{0}' takes no more connections: {1}.",
        "Lower -ThrottleLimit, close idle sessions, or raise max_connections.");

    public static ErrorDefinition LocksExhausted { get; } = Add(nameof(LocksExhausted), ErrorKind.Exhausted,
        "The server of '{0}' has no room for the locks of so many tables.",
        "Raise max_locks_per_transaction (PostgreSQL) and restart the server, or back up fewer tables at once with -Table.");

    public static ErrorDefinition LoginRejected { get; } = Add(nameof(LoginRejected), ErrorKind.Denied,
        "The server of '{0}' rejects the login: {1}.",
        "Check user and password (-Credential; .pgpass or PGPASSWORD; ~/.my.cnf or MYSQL_PWD) and whom the server lets in: pg_hba.conf, or the host of the MySQL account.");

    public static ErrorDefinition AuthenticationUnsupported { get; } = Add(nameof(AuthenticationUnsupported), ErrorKind.Unsupported,
        "The login to '{0}' needs the authentication method '{1}', which is not supported.",
        "Give a user who logs in by caching_sha2_password, mysql_native_password, a certificate or the server's socket.");

    public static ErrorDefinition TlsRequired { get; } = Add(nameof(TlsRequired), ErrorKind.Denied,
        "The server of '{0}' takes encrypted connections only.",
        "Add sslmode=require to the endpoint, or sslmode=verify-full with sslrootcert to be sure of the server too; for MySQL and MariaDB ssl-mode=REQUIRED, or ssl-mode=VERIFY_IDENTITY with ssl-ca.");

    public static ErrorDefinition TlsFailed { get; } = Add(nameof(TlsFailed), ErrorKind.Denied,
        "No trusted encrypted connection to '{0}' could be made: {1}.",
        "Give the certificate of the server's authority with sslrootcert (MySQL and MariaDB: ssl-ca), and the host name that the server's certificate holds.");

    public static ErrorDefinition ServerUntrusted { get; } = Add(nameof(ServerUntrusted), ErrorKind.Denied,
        "The server of '{0}' asked for a file of this host, which nothing had offered it.",
        "Nothing was sent. Find out what answers at that address before it is used again; ssl-mode=VERIFY_IDENTITY with ssl-ca makes sure of the server.");

    public static ErrorDefinition PoolerUnsupported { get; } = Add(nameof(PoolerUnsupported), ErrorKind.Unsupported,
        "'{0}' is a connection pooler, not a server: one consistent state needs sessions of its own.",
        "Give the address of the server itself; a pooler's configuration names it.");

    public static ErrorDefinition PermissionDenied { get; } = Add(nameof(PermissionDenied), ErrorKind.Denied,
        "A right is missing in '{0}': {1}.",
        "Grant the right, or leave the object out with -ExcludeTable. docs/postgresql.md and docs/mysql.md list the rights that are needed.");

    public static ErrorDefinition PacketTooLarge { get; } = Add(nameof(PacketTooLarge), ErrorKind.Exhausted,
        "A row or a statement is larger than the server of '{0}' takes or gives: {1}.",
        "Raise max_allowed_packet at the server (1G is the most there is), then run the command again.");

    public static ErrorDefinition LocalInfileDisabled { get; } = Add(nameof(LocalInfileDisabled), ErrorKind.Denied,
        "The server of '{0}' takes no rows by LOAD DATA LOCAL: {1}.",
        "Set local_infile = ON at the server.");

    public static ErrorDefinition TableLocked { get; } = Add(nameof(TableLocked), ErrorKind.Unavailable,
        "The table '{1}' of '{0}' stayed locked for {2} seconds by {3}.",
        "Wait for the session that holds it or end it, or allow more time with -LockTimeout.");

    public static ErrorDefinition SourceChanged { get; } = Add(nameof(SourceChanged), ErrorKind.Unavailable,
        "A definition in '{0}' was changed while it was read: {1}.",
        "Run the backup again when no migration runs. Nothing of this run became a backup.");

    public static ErrorDefinition SnapshotNotHeld { get; } = Add(nameof(SnapshotNotHeld), ErrorKind.Unavailable,
        "No one state of '{0}' could be held still for the workers: {1}.",
        "Grant the right that -LockMode Auto asks for in docs/mysql.md, allow more time with -LockTimeout, or run the backup when fewer writers and no long queries run.");

    public static ErrorDefinition SnapshotCancelled { get; } = Add(nameof(SnapshotCancelled), ErrorKind.Unavailable,
        "The standby '{0}' cancelled the snapshot: {1}.",
        "Set hot_standby_feedback = on or raise max_standby_streaming_delay on the standby, or back up from the primary.");

    public static ErrorDefinition ClientToolMissing { get; } = Add(nameof(ClientToolMissing), ErrorKind.Unavailable,
        "'{0}' needs {1} of version {2} or newer, from the package {4} for example; found: {3}.",
        "Install the package, or name the program's directory in DATARESILIENCE_PG_BINDIR.");

    public static ErrorDefinition ClientToolFailed { get; } = Add(nameof(ClientToolFailed), ErrorKind.Failed,
        "{1} failed for '{0}': {2}.",
        "Correct what the program's own message says, then run the command again.");

    public static ErrorDefinition RoleMissing { get; } = Add(nameof(RoleMissing), ErrorKind.Conflict,
        "The server of the target '{0}' has no role {1}.",
        "Create the role, restore with -IncludeRoles if the backup holds it, or leave owners and privileges out with -NoOwner and -NoPrivileges.");

    public static ErrorDefinition ExtensionMissing { get; } = Add(nameof(ExtensionMissing), ErrorKind.Unavailable,
        "The server of the target '{0}' has no extension {1}.",
        "Install the extension's package on the server, or restore tables that do not need it with -Table.");

    public static ErrorDefinition TablespaceMissing { get; } = Add(nameof(TablespaceMissing), ErrorKind.Unavailable,
        "The server of the target '{0}' has no tablespace {1}.",
        "Create the tablespace on the server first.");

    public static ErrorDefinition TargetTooOld { get; } = Add(nameof(TargetTooOld), ErrorKind.Unsupported,
        "The server of the target '{0}' is of version {1}, older than the source's {2}.",
        "Restore to a server of the same major version or a newer one.");

    public static ErrorDefinition EngineMismatch { get; } = Add(nameof(EngineMismatch), ErrorKind.Usage,
        "The backup '{0}' is of an engine whose tables and rows '{1}' cannot take.",
        "Give a target of the engine that the backup was taken from; MySQL and MariaDB take each other's backups as far as the schema allows.");

    public static ErrorDefinition TargetTableNeeded { get; } = Add(nameof(TargetTableNeeded), ErrorKind.Conflict,
        "The table '{1}' of the target '{0}' cannot be replaced, because other objects need it: {2}.",
        "Restore into another database, or drop those objects first.");

    public static ErrorDefinition ObjectNotCreated { get; } = Add(nameof(ObjectNotCreated), ErrorKind.Failed,
        "The {1} could not be created in '{0}': {2}.",
        "Nothing was put under the target's name. The server's own message says why; restore without the object with -Table or -ExcludeTable.");

    public static ErrorDefinition NothingMatched { get; } = Add(nameof(NothingMatched), ErrorKind.NothingMatched,
        "Nothing matched {0}.",
        "Check the names and the filters. Selecting nothing is never taken as success.");

    public static ErrorDefinition BackupNotFound { get; } = Add(nameof(BackupNotFound), ErrorKind.NothingMatched,
        "No backup '{0}' is in the repository '{1}'.",
        "Get-DatabaseBackup lists what there is. Any unique beginning or end of a backup id is enough.");

    public static ErrorDefinition AmbiguousBackup { get; } = Add(nameof(AmbiguousBackup), ErrorKind.Usage,
        "'{0}' means more than one backup: {1}.",
        "Give more of the id, or name the database with -Database.");

    public static ErrorDefinition TableNotInBackup { get; } = Add(nameof(TableNotInBackup), ErrorKind.NothingMatched,
        "No table of the backup '{0}' matches '{1}'.",
        "Get-RestorePlan shows the tables of a backup.");

    public static ErrorDefinition TargetExists { get; } = Add(nameof(TargetExists), ErrorKind.Conflict,
        "The target '{0}' exists already.",
        "Choose another name, or pass -Replace to replace it once the restored copy has been proved.");

    public static ErrorDefinition TargetTableExists { get; } = Add(nameof(TargetTableExists), ErrorKind.Conflict,
        "The table '{1}' exists already in the target '{0}'.",
        "Restore into another database, or pass -Replace to replace the table.");

    public static ErrorDefinition TargetTableMissing { get; } = Add(nameof(TargetTableMissing), ErrorKind.Unavailable,
        "The table '{1}' does not exist in the target '{0}', or it has other columns.",
        "Restore it with its schema: leave -DataOnly out.");

    public static ErrorDefinition TargetNotFound { get; } = Add(nameof(TargetNotFound), ErrorKind.Unavailable,
        "The place of the target '{0}' does not exist.",
        "Make the directory or the server reachable first.");

    public static ErrorDefinition TargetUnwritable { get; } = Add(nameof(TargetUnwritable), ErrorKind.Denied,
        "The target '{0}' cannot be written: {1}.",
        "Check the rights on the target and its directory, and that its server is not read-only.");

    public static ErrorDefinition TargetFull { get; } = Add(nameof(TargetFull), ErrorKind.Exhausted,
        "There is no space left for the target '{0}'.",
        "Free or add space. Nothing was left under the target's name.");

    public static ErrorDefinition TargetInUse { get; } = Add(nameof(TargetInUse), ErrorKind.Busy,
        "The target '{0}' is in use by {1}.",
        "Close what uses it, then run the command again.");

    public static ErrorDefinition TargetHalfReplaced { get; } = Add(nameof(TargetHalfReplaced), ErrorKind.Failed,
        "What '{0}' was before is in the database '{1}': {2}.",
        "Move the tables back with RENAME TABLE, or drop that database if the target is as it should be; then run the command again.");

    public static ErrorDefinition TargetUnfit { get; } = Add(nameof(TargetUnfit), ErrorKind.Unsupported,
        "The server of the target '{0}', {1}, cannot take {2}.",
        "Restore to a server that has it, or leave the table out with -ExcludeTable.");

    public static ErrorDefinition RestoreMismatch { get; } = Add(nameof(RestoreMismatch), ErrorKind.Damaged,
        "The restored table '{0}' is not equal to the backup: {1}.",
        "Nothing was put under the target's name. Verify the backup, and report this with the output of -Debug.");

    public static ErrorDefinition RestoreCheckFailed { get; } = Add(nameof(RestoreCheckFailed), ErrorKind.Failed,
        "The restored database '{0}' does not pass the engine's own check: {1}.",
        "Nothing was put under the target's name. If the source had the same fault, restore chosen tables with -Table.");

    public static ErrorDefinition LastBackup { get; } = Add(nameof(LastBackup), ErrorKind.Conflict,
        "'{0}' is the last backup of its database.",
        "Take another backup first, or pass -AllowLastBackup.");

    public static ErrorDefinition Cancelled { get; } = Add(nameof(Cancelled), ErrorKind.Failed,
        "The operation on '{0}' was cancelled.",
        "Run it again; what was stored already is used again.");

    public static ErrorDefinition Unexpected { get; } = Add(nameof(Unexpected), ErrorKind.Failed,
        "An unexpected failure happened with '{0}': {1}.",
        "Please report it with the output of -Debug, which holds no secrets.");

#pragma warning restore CS1591

    private static ErrorDefinition Add(string code, ErrorKind kind, string message, string recommendedAction)
    {
        var entry = new ErrorDefinition(code, kind, message, recommendedAction);
        Entries.Add(entry);
        return entry;
    }
}
