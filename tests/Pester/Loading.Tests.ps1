BeforeDiscovery {
    # Whatever version another module may have brought along; looked for where PowerShell users have such files.
    $script:olderDrivers = @(
        Get-ChildItem -Path @(
            [System.IO.Path]::Combine([Environment]::GetFolderPath('UserProfile'), '.nuget', 'packages', 'npgsql')
            [System.IO.Path]::Combine([Environment]::GetFolderPath('UserProfile'), '.nuget', 'packages', 'awssdk.core')
            [System.IO.Path]::Combine([Environment]::GetFolderPath('UserProfile'), '.nuget', 'packages', 'microsoft.data.sqlite.core')
        ) -Filter *.dll -Recurse -ErrorAction Ignore | Where-Object FullName -Match 'net(8|6|5|standard2)' | Select-Object -First 1
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $script:sandbox = New-Sandbox
}

AfterAll {
    Remove-Item -LiteralPath $sandbox -Recurse -Force
}

Describe 'Importing' {
    It 'takes little time' {
        $milliseconds = 1..3 | ForEach-Object {
            [double](pwsh -NoProfile -NonInteractive -Command "
                [void](Get-Command Get-Date)
                (Measure-Command { Import-Module '$ManifestPath' }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)")
        }
        $best = ($milliseconds | Measure-Object -Minimum).Minimum
        Write-Host ('    import: {0:N0} ms at best of three, 100 ms is the budget' -f $best)
        # Far above the budget: a shared machine must not turn this red.
        $best | Should -BeLessThan 1000
    }

    It 'can be done twice by force' {
        $output = pwsh -NoProfile -NonInteractive -Command "
            Set-Location '$sandbox'
            Import-Module '$ManifestPath' -Force
            `$repo = New-BackupRepository ./forced -KeyFile ./forced.key -InformationAction Ignore
            Import-Module '$ManifestPath' -Force
            (Backup-Database sqlite:shop.db -Repository `$repo).Database
            Remove-Module DataResilience
            Import-Module '$ManifestPath'
            (Get-DatabaseBackup -Repository ./forced -KeyFile ./forced.key).Database" 2>&1
        $output | Should -Be 'shop', 'shop'
    }

    It 'makes the enumerations of requests and results known' {
        pwsh -NoProfile -NonInteractive -Command "Import-Module '$ManifestPath'; [DataResilience.IntegrityLevel]::Restore" | Should -Be 'Restore'
    }
}

Describe 'Beside an older library of another module' -Skip:($olderDrivers.Count -eq 0) {
    It 'works although <Name> was loaded first' -ForEach @($olderDrivers | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }) {
        $output = pwsh -NoProfile -NonInteractive -Command "
            Set-Location '$sandbox'
            [void][System.Reflection.Assembly]::LoadFrom('$Path')
            Import-Module '$ManifestPath'
            `$repo = New-BackupRepository ./beside -KeyFile ./beside.key -InformationAction Ignore
            (Backup-Database sqlite:shop.db -Repository `$repo).Database" 2>&1
        $output | Should -Be 'shop'
    }
}
