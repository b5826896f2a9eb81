BeforeDiscovery {
    $script:hasServer = [bool] $env:DATARESILIENCE_TEST_POSTGRESQL
}

Describe 'PostgreSQL' -Tag Server -Skip:(-not $hasServer) {
    BeforeAll {
        . $PSScriptRoot/common.ps1
        $script:sandbox = New-Sandbox
        Import-Module -Name $ManifestPath -ErrorAction Stop
        Push-Location -LiteralPath $sandbox
        $script:repo = New-BackupRepository ./backups -KeyFile ./backups.key -InformationAction Ignore -WarningAction Ignore
        $script:server = ([uri] $env:DATARESILIENCE_TEST_POSTGRESQL).GetLeftPart('Authority')
        $script:name = "dr_pester_$([guid]::NewGuid().ToString('n').Substring(0, 12))"
        $script:psql = Join-Path $env:DATARESILIENCE_TEST_POSTGRESQL_BIN 'psql'
        & $psql -q -d "$server/postgres" -c "CREATE DATABASE $name"
        & $psql -q -d "$server/$name" -c 'CREATE TABLE users AS SELECT i AS id FROM generate_series(1, 1000) i'
        $null = Backup-Database "$server/$name" -Repository $repo
    }

    AfterAll {
        & $psql -q -d "$server/postgres" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)"
        Pop-Location
        Remove-Item -LiteralPath $sandbox -Recurse -Force
    }

    It 'lists databases with their owner and their size for people' {
        $found = Get-Database $server | Where-Object Name -EQ $name
        $found | Out-String -Width 250 | Should -Match "$name\s+PostgreSql\s+\d+\S*\s+postgres\s+1\s+[\d.]+ MB"
        $found.Size | Should -BeOfType [long]
        $found.Size | Should -BeGreaterThan 1000000
        $found.Owner | Should -Be 'postgres'
        $found | Format-List | Out-String -Width 250 | Should -Match '(?m)^Owner\s+: postgres'
    }

    It 'lists a database that may not be entered without figures, and warns' {
        & $psql -q -d "$server/postgres" -c "REVOKE CONNECT ON DATABASE $name FROM PUBLIC"
        $credential = [pscredential]::new('drpassword', (ConvertTo-SecureString $env:DATARESILIENCE_TEST_POSTGRESQL_PASSWORD -AsPlainText -Force))
        $found = Get-Database $server -Name $name -Credential $credential -WarningVariable warnings -WarningAction SilentlyContinue
        $found.Tables | Should -BeNullOrEmpty
        "$warnings" | Should -Match "'$name'.*drpassword may not connect"
        $found | Out-String -Width 250 | Should -Match "$name\s+PostgreSql\s+\S+\s+postgres\s+postgresql://"
    }

    It 'offers the tables of a server' {
        $line = "Backup-Database $server/$name -Table public."
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Be 'public.users'
    }

    It 'shows in a plan what would be restored' {
        $plan = Get-RestorePlan latest -Repository $repo -Target "$server/${name}_copy"
        $plan.CanRestore | Should -BeTrue
        $plan.Tables.Name | Should -Be 'public.users'
        $plan | Out-String -Width 350 | Should -Match "${name}_copy\s+True\s+1\s+1,?000"
    }

    It 'shows in a plan what stands in the way' {
        $plan = Get-RestorePlan latest -Repository $repo -Target "$server/$name"
        $plan.CanRestore | Should -BeFalse
        $plan | Out-String -Width 500 | Should -Match 'False.*exists already'
    }
}
