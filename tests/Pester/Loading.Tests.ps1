BeforeDiscovery {
    # Builds of our drivers that are not those of the module, as another module might bring along. Restoring the source
    # tree leaves some where NuGet keeps its packages.
    $packages = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { Join-Path ([Environment]::GetFolderPath('UserProfile')) '.nuget' 'packages' }
    $script:otherBuilds = @(
        foreach ($package in 'npgsql', 'mysqlconnector', 'awssdk.core', 'microsoft.data.sqlite.core') {
            Get-Item -Path (Join-Path $packages $package '*' 'lib' '*' '*.dll') -ErrorAction Ignore |
                Where-Object { $_.Directory.Name -in 'net6.0', 'net8.0', 'netstandard2.0', 'netcoreapp3.1' } |
                Select-Object -First 1
        }
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
            `$repo = New-BackupRepository ./forced -KeyFile ./forced.key -InformationAction Ignore -WarningAction Ignore
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

Describe 'Beside another module' {
    It 'works although other builds of its libraries were loaded first' -Skip:($otherBuilds.Count -eq 0) -TestCases @{ Builds = $otherBuilds } {
        $loads = $Builds | ForEach-Object { "[void][System.Reflection.Assembly]::LoadFrom('$($_.FullName)');" }
        $output = pwsh -NoProfile -NonInteractive -Command "
            Set-Location '$sandbox'
            $loads
            Import-Module '$ManifestPath'
            `$repo = New-BackupRepository ./beside -KeyFile ./beside.key -InformationAction Ignore -WarningAction Ignore
            (Backup-Database sqlite:shop.db -Repository `$repo).Database" 2>&1
        $output | Should -Be 'shop'
    }
}
