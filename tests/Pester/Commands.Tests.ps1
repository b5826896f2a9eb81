BeforeAll {
    . $PSScriptRoot/common.ps1
    $script:sandbox = New-Sandbox
    Import-Module -Name $ManifestPath -ErrorAction Stop
    Push-Location -LiteralPath $sandbox
    $script:repo = New-BackupRepository ./backups -KeyFile ./backups.key -InformationAction Ignore -WarningAction Ignore
    $null = Backup-Database sqlite:shop.db -Repository $repo -Tag one, two -Reason 'a reason'
    $script:backup = Get-DatabaseBackup -Repository $repo
}

AfterAll {
    Pop-Location
    Remove-Item -LiteralPath $sandbox -Recurse -Force
}

Describe 'Views' {
    It 'shows a <Type> as a table of at most seven columns' -ForEach @(
        @{ Type = 'database'; Script = { Get-Database sqlite:shop.db } }
        @{ Type = 'repository'; Script = { $repo } }
        @{ Type = 'key'; Script = { Get-BackupRepositoryKey -Repository $repo } }
        @{ Type = 'check'; Script = { Test-BackupRepository $repo } }
        @{ Type = 'optimization'; Script = { Optimize-BackupRepository $repo } }
        @{ Type = 'backup'; Script = { $backup } }
        @{ Type = 'integrity'; Script = { $backup | Test-BackupIntegrity } }
        @{ Type = 'plan'; Script = { $backup | Get-RestorePlan } }
        @{ Type = 'planned table'; Script = { ($backup | Get-RestorePlan).Tables } }
        @{ Type = 'restore'; Script = { $backup | Restore-Database -TargetDatabase restored.db -Replace -Force } }
        @{ Type = 'step'; Script = { ($backup | Restore-Database -TargetDatabase steps.db -Replace -Force).Steps } }
    ) {
        $lines = @(& $Script | Out-String -Width 250 -Stream | Where-Object { $_ })
        $rule = $lines | Where-Object { $_ -match '^-+( +-+)*\s*$' } | Select-Object -First 1
        $rule | Should -Not -BeNullOrEmpty
        @($rule.Trim() -split ' +').Count | Should -BeLessOrEqual 7
    }

    It 'shows sizes and ages for people, and leaves the data raw' {
        $text = $backup | Out-String -Width 250
        $text | Should -Match '\d+s ago'
        $text | Should -Match '\d KB|\d B'
        $backup.TotalSize | Should -BeOfType [long]
        $backup.Start | Should -BeOfType [datetime]
    }

    It 'has a list view with every property' {
        $text = $backup | Format-List | Out-String -Width 250
        foreach ($name in 'EngineVersion', 'RecoveryPosition', 'Reason', 'Tags', 'StoredSize') {
            $text | Should -Match "(?m)^$name\s+:"
        }
    }

    It 'shows a result that came out of a job in the same way' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($backup))
        ($copy | Out-String -Width 250).Trim() | Should -Match '^BackupId\s+Age\s+Rows\s+Size\s+New\s+Verified\s+Database'
    }

    It 'shows the fingerprint of a new repository on the screen' {
        $message = New-BackupRepository ./other -KeyFile ./backups.key -WarningAction Ignore 6>&1
        "$($message[0])" | Should -BeLike "*$($message[1].Fingerprint)*"
    }

    It 'shows the plan with -WhatIf' {
        $text = pwsh -NoProfile -NonInteractive -Command "
            Import-Module '$ManifestPath'
            Backup-Database sqlite:shop.db -Repository ./backups -KeyFile ./backups.key -WhatIf" | Out-String
        $text | Should -Match 'What if: Performing the operation'
    }

    It 'shows what to do in an error' {
        $text = pwsh -NoProfile -NonInteractive -Command "
            Import-Module '$ManifestPath'
            Backup-Database shop.db" 2>&1 | Out-String
        $text | Should -Match 'sqlite:path/to/file.db'
    }
}

Describe 'The pipe of a whole shell' {
    It 'stops a listing when Select-Object has enough' {
        $null = Backup-Database sqlite:shop.db -Repository $repo
        @(Get-DatabaseBackup -Repository $repo | Select-Object -First 1).Count | Should -Be 1
        @('sqlite:shop.db', 'sqlite:nowhere.db' | Backup-Database -Repository $repo -ErrorAction Stop | Select-Object -First 1).Count | Should -Be 1
    }

    It 'goes on being usable after Select-Object stopped it' {
        $null = 1..3 | ForEach-Object { Get-DatabaseBackup -Repository $repo | Select-Object -First 1 }
        Test-BackupIntegrity -Repository $repo -Quiet | Should -BeTrue
    }

    It 'works in ForEach-Object -Parallel with the opened repository' {
        $module = $ManifestPath
        $results = 'a', 'b' | ForEach-Object -Parallel {
            Import-Module -Name $using:module
            Restore-Database $using:backup -TargetDatabase "$using:sandbox/parallel-$_.db" -Repository $using:repo
        }
        @($results | Where-Object IsVerified).Count | Should -Be 2
    }

    It 'works in a thread job with the opened repository' {
        $module = $ManifestPath
        $job = Start-ThreadJob {
            Import-Module -Name $using:module
            Backup-Database "sqlite:$using:sandbox/shop.db" -Repository $using:repo
        }
        $result = $job | Receive-Job -Wait -AutoRemoveJob
        $result.Database | Should -Be 'shop'
    }

    It 'needs the key anew in a job of its own process, and says so' {
        $job = Start-Job -ArgumentList $ManifestPath, $repo {
            param($module, $repository)
            Import-Module -Name $module
            Get-DatabaseBackup -Repository $repository
        }
        $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'KeyRequired,*'
    }

    It 'brings results out of a job with their lists, their times and their location' {
        $job = Start-Job -ArgumentList $ManifestPath, $repo, "$sandbox/backups.key", $backup.BackupId {
            param($module, $repository, $key, $id)
            Import-Module -Name $module
            Get-DatabaseBackup $id -Repository $repository -KeyFile $key
            Test-BackupIntegrity $id -Repository $repository -KeyFile $key
            Get-RestorePlan $id -Repository $repository -KeyFile $key
        }
        $copy, $integrity, $plan = $job | Receive-Job -Wait -AutoRemoveJob
        $copy.Start | Should -Be $backup.Start
        $copy.Start.Kind | Should -Be 'Local'
        $copy.Tags | Should -Be 'one', 'two'
        "$($copy.Repository)" | Should -Be "$($repo.Location)"
        $integrity.IsValid | Should -BeTrue
        $plan.Tables.Name | Should -Contain 'users'
        ($copy | Get-RestorePlan -KeyFile ./backups.key).BackupId | Should -Be $backup.BackupId
    }

    It 'gives JSON with enumerations by name and without a key' {
        $json = Get-DatabaseBackup $backup.BackupId -Repository $repo | ConvertTo-Json -EnumsAsStrings -Depth 5 -WarningAction Ignore
        $read = $json | ConvertFrom-Json
        $read.Engine | Should -Be 'Sqlite'
        $read.Status | Should -Be 'Complete'
        $read.Repository.Location | Should -Be $repo.Location
        $json | Should -Not -Match 'OpenedKey'
    }

    It 'compares times with Get-Date' {
        $backup.Start | Should -BeLessThan (Get-Date)
        $backup.Start | Should -BeGreaterThan (Get-Date).AddMinutes(-10)
        @(Get-DatabaseBackup -Repository $repo -Since '10m ago').Count | Should -BeGreaterThan 0
    }

    It 'reads backups from a CSV file' {
        Get-DatabaseBackup $backup.BackupId -Repository $repo | Select-Object BackupId, Repository | Export-Csv list.csv
        (Import-Csv list.csv | Get-RestorePlan -KeyFile ./backups.key).BackupId | Should -Be $backup.BackupId
    }
}

Describe 'The line of a runbook' {
    It 'ends with <Code> where the repository is <State>' -ForEach @(
        @{ State = 'sound'; Code = 0; Damage = { } }
        @{ State = 'damaged'; Code = 3; Damage = {
                Get-ChildItem ./damaged/packs -Recurse -File | ForEach-Object {
                    $bytes = [System.IO.File]::ReadAllBytes($_.FullName)
                    $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1
                    $_.IsReadOnly = $false
                    [System.IO.File]::WriteAllBytes($_.FullName, $bytes)
                }
            }
        }
        @{ State = 'not there'; Code = 3; Damage = { Remove-Item ./damaged -Recurse -Force } }
    ) {
        Copy-Item ./backups ./damaged -Recurse
        & $Damage
        pwsh -NoProfile -NonInteractive -Command "
            Import-Module '$ManifestPath'
            if (-not (Test-BackupIntegrity -Repository ./damaged -KeyFile ./backups.key -Quiet)) { exit 3 }" 2>$null
        $LASTEXITCODE | Should -Be $Code
        Remove-Item ./damaged -Recurse -Force -ErrorAction Ignore
    }
}

Describe 'Without a person' {
    It 'reports a missing key and does not ask' {
        $text = pwsh -NoProfile -NonInteractive -Command "
            Import-Module '$ManifestPath'
            try { Get-DatabaseBackup -Repository ./backups -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }"
        $text | Should -BeLike 'KeyRequired,*'
    }

    It 'reports a confirmation that nobody can give' {
        $text = pwsh -NoProfile -NonInteractive -Command "
            Import-Module '$ManifestPath'
            try { Remove-DatabaseBackup $($backup.BackupId) -Repository ./backups -KeyFile ./backups.key -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }"
        $text | Should -BeLike 'ConfirmationRequired,*'
    }
}
