BeforeAll {
    . $PSScriptRoot/common.ps1
    Import-Module -Name $ManifestPath -ErrorAction Stop
    $script:commands = Get-Command -Module DataResilience
}

Describe 'Help' {
    It 'has synopsis, description, examples and parameters for every command' {
        foreach ($command in $commands) {
            $help = Get-Help $command.Name -Full
            $help.Synopsis | Should -Not -Match "^\s*$($command.Name)" -Because "$($command.Name) has a synopsis of its own"
            "$($help.description | ForEach-Object Text)".Length | Should -BeGreaterThan 50
            @($help.examples.example).Count | Should -BeGreaterOrEqual 2
            ($help | Out-String) | Should -Match 'Errors:'
        }
    }

    It 'shows one parameter with how it binds' {
        $parameter = Get-Help Restore-Database -Parameter TargetDatabase
        $parameter.pipelineInput | Should -Be 'True (ByPropertyName)'
        ($parameter | Out-String) | Should -Match 'script block'
    }

    It 'has the topic about_DataResilience' {
        Get-Help about_DataResilience | Out-String | Should -Match 'FIRST STEPS'
    }

    It 'warns of no verb and no name when the module is imported' {
        pwsh -NoProfile -NonInteractive -Command "Import-Module '$ManifestPath' -Verbose:`$false 3>&1" | Should -BeNullOrEmpty
    }
}
