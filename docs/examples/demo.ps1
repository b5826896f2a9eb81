<#
.SYNOPSIS
    Backs a small shop up, verifies it, changes it, damages a copy of the repository, and restores it: the console's demo with cmdlets.
.DESCRIPTION
    Run it from a checkout that was built: dotnet build; pwsh docs/examples/demo.ps1. Every figure is checked; a step that fails ends it with exit code 1.
.PARAMETER Directory
    Where to work. Left out, a temporary directory that is removed at the end.
.PARAMETER Seed
    What decides where the damage is done. Left out, it is drawn and printed.
#>
[CmdletBinding()]
param(
    [string] $Directory,
    [int] $Seed = (Get-Random -Maximum 1000000)
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = Join-Path $PSScriptRoot '..' '..' -Resolve
Import-Module (Join-Path $root 'artifacts' 'module' 'DataResilience')

function Read-Demo([string] $name) {
    # The shop and the pages that a day of sales changes are bundled with the console, compressed.
    $file = [IO.File]::OpenRead((Join-Path $root 'src' 'DataResilience.Console' 'Demo' $name))
    $plain = [IO.MemoryStream]::new()
    try { [IO.Compression.BrotliStream]::new($file, [IO.Compression.CompressionMode]::Decompress).CopyTo($plain) } finally { $file.Dispose() }
    , $plain.ToArray()
}

function Update-Shop([string] $path) {
    $changes = Read-Demo 'shop.changes.br'
    $file = [IO.File]::OpenWrite($path)
    try {
        for ($at = 0; $at -lt $changes.Length; $at += 4100) {
            $file.Position = [long] [BitConverter]::ToUInt32($changes, $at) * 4096
            $file.Write($changes, $at + 4, 4096)
        }
    }
    finally { $file.Dispose() }
}

function Size([double] $bytes) { $bytes -lt 1MB ? ('{0:0.0} KB' -f ($bytes / 1KB)) : ('{0:0.0} MB' -f ($bytes / 1MB)) }

function Assert-That([bool] $fact, [string] $figures) {
    if (-not $fact) { throw "not as it should be: $figures" }
    $figures
}

# Each runs in the scope of the script, so that the next finds what it made.
$steps = [ordered]@{
    'Make a shop database' = {
        [IO.File]::WriteAllBytes((Join-Path $work 'shop.db'), (Read-Demo 'shop.db.br'))
        $shop = Get-Database sqlite:shop.db
        Assert-That ($shop.Tables -eq 3) "$($shop.Tables) tables, a file of $(Size $shop.Size)"
    }
    'Make a repository' = {
        $repo = New-BackupRepository -Repository ./repository -KeyFile ./owner.key -WarningAction SilentlyContinue 6> $null
        Assert-That ($repo.Backups -eq 0) 'empty, encrypted; owner.key opens it'
    }
    'Back up the shop' = {
        $first = Backup-Database sqlite:shop.db -Repository $repo
        Assert-That ($first.Rows -eq 100000) "$($first.Rows) rows, $(Size $first.TotalSize); $(Size $first.NewSize) stored"
    }
    'Add 301 rows and back up' = {
        Update-Shop (Join-Path $work 'shop.db')
        $second = Backup-Database sqlite:shop.db -Repository $repo -Reason 'evening'
        $percent = '{0:0.0}%' -f (100 * $second.NewSize / $first.NewSize)
        Assert-That ($second.Rows -eq 100301 -and $second.NewSize -lt $first.NewSize / 2) "$($second.Rows) rows; only $(Size $second.NewSize) new, $percent"
    }
    'Verify the backup' = {
        $check = $second | Test-BackupIntegrity
        Assert-That ($check.IsValid -and $check.ContentOpened -and $check.ProblemCount -eq 0) "every byte, $(Size $check.BytesRead): $($check.ProblemCount) problems"
    }
    'Damage a copy, verify it' = {
        Copy-Item -Recurse ./repository ./damaged
        $pack = Get-ChildItem -Recurse -File ./damaged/packs | Sort-Object Length | Select-Object -Last 1
        $bytes = [IO.File]::ReadAllBytes($pack.FullName)
        # In the middle half of the largest pack there are chunks of rows.
        $place = [Random]::new($Seed).Next($bytes.Length / 4, 3 * $bytes.Length / 4)
        $bytes[$place] = $bytes[$place] -bxor 1
        [IO.File]::WriteAllBytes($pack.FullName, $bytes)
        $problems = @((Test-BackupIntegrity -Repository ./damaged -KeyFile ./owner.key -WarningAction SilentlyContinue).Problems)
        $tables = ($problems.Table | Sort-Object -Unique) -join ', '
        $isExact = $problems.Count -gt 0 -and -not ($problems | Where-Object { $_.Object -notlike "*/$($pack.Name)" -or -not $_.Table })
        Assert-That $isExact "1 bit of $($pack.Name.Substring(0, 8))… flipped; found:`nthat file, table $tables"
    }
    'Restore one table' = {
        $one = Restore-Database -Backup $second -Target sqlite:products.db -Table products
        Assert-That ($one.IsVerified -and $one.Tables -eq 1 -and $one.Rows -eq 500) "$($one.Rows) rows, equal by digest"
    }
    'Restore all to a new file' = {
        $all = Restore-Database -Backup $second -Target sqlite:copy.db
        Assert-That ($all.IsVerified -and $all.Tables -eq 3 -and $all.Rows -eq 100301) "$($all.Rows) rows, $($all.Tables) tables equal by digest"
    }
}

$work = $Directory ? (New-Item -ItemType Directory -Force $Directory).FullName : (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "dataresilience-demo-$([guid]::NewGuid())")).FullName
Push-Location $work
try {
    Write-Host "A small shop's database is backed up, changed and backed up again, damaged in a copy, and restored; every figure is checked."
    Write-Host "Files: $work $($Directory ? '(kept)' : '(removed at the end; -Directory keeps them)')"
    Write-Host "Seed:  $Seed (decides where the damage is done; -Seed $Seed draws the same again)"

    $failed = $true
    $number = 0
    & {
        foreach ($step in $steps.Keys) {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $number++
            try { $figures, $check = (. $steps[$step]), 'ok' } catch { $figures, $check = "$_", 'FAILED' }
            [pscustomobject]@{ '#' = $number; Step = $step; Figures = $figures; Time = '{0:0.0} s' -f $clock.Elapsed.TotalSeconds; Check = $check }
            if ($check -eq 'FAILED') { break }
        }
        $script:failed = $check -eq 'FAILED'
    } | Format-Table -Wrap -Property @{ Name = '#'; Expression = '#'; Width = 2 }, @{ Name = 'Step'; Expression = 'Step'; Width = 25 },
        @{ Name = 'Check'; Expression = 'Check'; Width = 6 }, @{ Name = 'Time'; Expression = 'Time'; Width = 5 }, Figures | Out-Host
}
finally {
    Pop-Location
    if (-not $Directory) { Remove-Item -Recurse -Force $work }
}

exit [int] $failed
