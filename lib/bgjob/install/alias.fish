# @NAME@ for fish. Made by 'bgjob install', removed by 'bgjob uninstall'.
complete --command @NAME@ --wraps 'bgjob @VERB@'
if test @VERB@ = run
    # bgrun LABEL CMD
    complete --command @NAME@ --condition 'test (count (commandline -opc)) -ge 2; and not string match -q -- "-*" (commandline -opc)[2..3]' \
        --arguments '(__fish_complete_subcommand --fcs-skip=2)'
end
