<#
.SYNOPSIS
Runs the Pester suite against the staged module and leaves a JUnit report.
#>
[CmdletBinding()]
param(
    # The file that the report is written to.
    [Parameter(Mandatory)]
    [string] $Report,

    # Tags of tests to leave out; from a command line, with commas between them.
    [string[]] $ExcludeTag = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name Pester -MinimumVersion 5.0

$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Filter.ExcludeTag = @($ExcludeTag -split ',')
$configuration.Output.Verbosity = 'Normal'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'JUnitXml'
$configuration.TestResult.OutputPath = $Report

# Failed tests are in the report; what is not, a file or block that could not be run, is the exit code.
$run = Invoke-Pester -Configuration $configuration
exit ($run.FailedBlocksCount + $run.FailedContainersCount)
