<#
.SYNOPSIS
    Backs a small shop up, verifies it, changes it, damages a copy of the repository, and restores it: the console's demo with cmdlets.
.DESCRIPTION
    Run it from a checkout that was built: dotnet build; pwsh docs/examples/demo.ps1. Every figure is checked; a surprise ends it with exit code 1.
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

function Assert-That([bool] $fact, [string] $figure) {
    if (-not $fact) { throw "Not as it should be: $figure" }
    $figure
}

function Add-Step([string] $step, [string] $figures) { [pscustomobject]@{ Step = $step; Figures = $figures } }

$work = $Directory ? (New-Item -ItemType Directory -Force $Directory).FullName : (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "dataresilience-demo-$([guid]::NewGuid())")).FullName
Push-Location $work
try {
    [IO.File]::WriteAllBytes((Join-Path $work 'shop.db'), (Read-Demo 'shop.db.br'))

    $repo = New-BackupRepository -Repository ./repository -KeyFile ./owner.key -WarningAction SilentlyContinue -InformationAction SilentlyContinue
    Add-Step 'A repository, a key' "$($repo.Location), opened by $($repo.KeyName)"

    $first = Backup-Database sqlite:shop.db -Repository $repo
    Add-Step 'A backup' (Assert-That ($first.Rows -eq 100000) "$($first.Rows) rows, $($first.NewSize) bytes new")

    Update-Shop (Join-Path $work 'shop.db')
    $second = Backup-Database sqlite:shop.db -Repository $repo -Reason 'evening'
    Add-Step 'A day of sales later, another' (Assert-That ($second.Rows -eq 100301 -and $second.NewSize -lt $first.NewSize / 2) "$($second.Rows) rows, $($second.NewSize) bytes new")

    $check = $second | Test-BackupIntegrity
    Add-Step 'Verified' (Assert-That ($check.IsValid -and $check.ContentOpened) "$($check.ChunksChecked) of $($check.ChunksTotal) chunks opened, $($check.ProblemCount) problems")

    Copy-Item -Recurse ./repository ./damaged
    $pack = Get-ChildItem -Recurse -File ./damaged/packs | Sort-Object Length | Select-Object -Last 1
    $bytes = [IO.File]::ReadAllBytes($pack.FullName)
    # Among the first tenth to half of the largest pack there are chunks of rows.
    $place = [Random]::new($Seed).Next($bytes.Length / 10, $bytes.Length / 2)
    $bytes[$place] = $bytes[$place] -bxor 1
    [IO.File]::WriteAllBytes($pack.FullName, $bytes)
    $findings = @(Test-BackupIntegrity -Repository ./damaged -KeyFile ./owner.key -WarningAction SilentlyContinue | Where-Object IsValid -EQ $false)
    $named = @($findings.Problems | Where-Object Object -Like "*$($pack.Name)")
    $tables = ($named.Table | Where-Object { $_ } | Sort-Object -Unique) -join ', '
    Add-Step "A damaged copy (seed $Seed)" (Assert-That ($named.Count -gt 0) "byte $place of $($pack.Name.Substring(0, 8))… found; it costs: $tables")

    $one = Restore-Database -Backup $second -Target sqlite:products.db -Table products
    Add-Step 'One table restored' (Assert-That ($one.IsVerified -and $one.Tables -eq 1) "$($one.Rows) rows, equal by digest")

    $all = Restore-Database -Backup $second -Target sqlite:copy.db
    Add-Step 'The whole database restored' (Assert-That ($all.IsVerified -and $all.Rows -eq 100301) "$($all.Rows) rows in $($all.Tables) tables, equal by digest")
}
catch {
    Write-Error -ErrorAction Continue $_
    exit 1
}
finally {
    Pop-Location
    if (-not $Directory) { Remove-Item -Recurse -Force $work }
}
