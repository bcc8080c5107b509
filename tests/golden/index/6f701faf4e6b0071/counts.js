window.govreport.receive("counts",["'#","*#","##","##","##","##","**"]);
