# Made by 'bgjob install'
