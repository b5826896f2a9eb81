<#
.SYNOPSIS
Builds, tests and packages DataResilience.

.DESCRIPTION
A thin wrapper for people in PowerShell: everything it does is dotnet build, dotnet test and a zip file. The build
leaves the importable module in artifacts/module/DataResilience.

.PARAMETER Task
Build: the solution and the module. Test: every test that needs no server. Package: the module as
artifacts/DataResilience-<version>.zip. They run in this order, whatever the order given.

.PARAMETER Configuration
Debug or Release.

.EXAMPLE
./build.ps1

Builds, then tests.

.EXAMPLE
./build.ps1 -Task Build, Package -Configuration Release

Makes the zip file of a release.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE."
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    if ($Task -contains 'Build') {
        Invoke-DotNet build DataResilience.sln --configuration $Configuration
    }

    if ($Task -contains 'Test') {
        # A project may hold no test for this system yet: exit code 8 is not a failure.
        Invoke-DotNet test --solution DataResilience.sln --configuration $Configuration --ignore-exit-code 8
    }

    if ($Task -contains 'Package') {
        $module = Join-Path $PSScriptRoot 'artifacts' 'module' 'DataResilience'
        $manifest = Join-Path $module 'DataResilience.psd1'
        if (-not (Test-Path -LiteralPath $manifest)) {
            throw "There is no module in $module. Run ./build.ps1 -Task Build first."
        }

        $version = (Import-PowerShellDataFile -LiteralPath $manifest).ModuleVersion
        $package = Join-Path $PSScriptRoot 'artifacts' "DataResilience-$version.zip"
        Compress-Archive -Path $module -DestinationPath $package -Force
        Get-Item -LiteralPath $package
    }
}
finally {
    Pop-Location
}
