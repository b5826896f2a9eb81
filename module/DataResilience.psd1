@{
    RootModule             = 'DataResilience.dll'
    # Filled in by the build, from the one version in Directory.Build.props.
    ModuleVersion          = '0.0.0'
    GUID                   = '939cee73-f735-4b4f-9cb0-fe78ebcd491a'
    Author                 = 'DataResilience contributors'
    CompanyName            = 'DataResilience contributors'
    Copyright              = '(c) DataResilience contributors. MIT licence.'
    Description            = 'Backup, verification, recovery and failover of databases over the wire protocol alone.'
    PowerShellVersion      = '7.6'
    CompatiblePSEditions   = @('Core')
    RequiredAssemblies     = @('DataResilience.Abstractions.dll')
    FormatsToProcess       = @('DataResilience.Format.ps1xml')
    TypesToProcess         = @('DataResilience.Types.ps1xml')
    CmdletsToExport        = @(
        'Add-BackupRepositoryKey',
        'Backup-Database',
        'Get-BackupRepository',
        'Get-BackupRepositoryKey',
        'Get-Database',
        'Get-DatabaseBackup',
        'Get-RestorePlan',
        'New-BackupRepository',
        'Optimize-BackupRepository',
        'Remove-BackupRepositoryKey',
        'Remove-DatabaseBackup',
        'Restore-Database',
        'Test-BackupIntegrity',
        'Test-BackupRepository'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags = @('Database', 'Backup', 'Restore', 'Failover', 'PostgreSQL', 'MySQL', 'MariaDB', 'SQLite')
        }
    }
}
